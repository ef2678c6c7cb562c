/// A suite laid out as `pmml/NAME.pmml`, `csv/DATASET.csv` and `csv/NAME.csv`, where NAME is an algorithm followed by DATASET.
enum CaseSuite {
    /// The suite's cases in the order of their names; nil when the folder is no suite.
    static func cases(in folder: String) -> [ConformanceCase]? {
        let models = FileSystem.names(in: folder + "/pmml").filter { $0.hasSuffix(".pmml") }.sorted()
        let tables = Set(FileSystem.names(in: folder + "/csv"))
        if models.isEmpty || tables.isEmpty { return nil }
        return models.compactMap { model in
            let name = String(model.dropLast(5))
            guard tables.contains(name + ".csv"), let data = dataset(of: name, tables) else { return nil }
            return ConformanceCase(
                folder: folder, name: name, model: "\(folder)/pmml/\(model)", input: "\(folder)/csv/\(data).csv",
                expected: "\(folder)/csv/\(name).csv")
        }
    }

    /// The longest proper end of the name that is a table's name, too.
    static func dataset(of name: String, _ tables: Set<String>) -> String? {
        name.indices.dropFirst().map { String(name[$0...]) }.first { tables.contains($0 + ".csv") }
    }
}
