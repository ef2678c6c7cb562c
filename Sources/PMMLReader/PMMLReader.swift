// PMMLReader
