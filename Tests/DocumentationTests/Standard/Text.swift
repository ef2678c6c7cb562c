// https://dmg.org/pmml/v4-4-1/Text.html
extension Standard {
    static let text = Page("Text", """
        TextModel modelName functionName=%function algorithmName numberOfTerms numberOfDocuments isScorable > Extension MiningSchema Output
            ModelStats ModelExplanation Targets LocalTransformations TextDictionary TextCorpus DocumentTermMatrix TextModelNormalization
            TextModelSimiliarity ModelVerification
        TextDictionary > Extension Taxonomy Array
        TextCorpus > Extension TextDocument
        TextDocument id name length file > Extension
        DocumentTermMatrix > Extension Matrix
        TextModelNormalization localTermWeights=termFrequency|binary|logarithmic|augmentedNormalizedTermFrequency
            globalTermWeights=inverseDocumentFrequency|none|GFIDF|normal|probabilisticInverse documentNormalization=none|cosine > Extension
        TextModelSimiliarity similarityType=euclidean|cosine > Extension
        """)
}
