/// The names of PMML 4.4.1: elements with their attributes, the values that attributes choose from, and children; by page.
///
/// A page's text has an entry per element, `Name attribute attribute=value|value > Child Child`; what is indented goes on with the entry
/// before. `%name` stands for a list in ``shared``.
enum Standard {
    struct Page {
        let name: String
        let elements: [Element]

        init(_ name: String, _ text: String) {
            self.name = name
            var entries: [String] = []
            for line in text.split(separator: "\n") {
                if line.hasPrefix(" "), let last = entries.indices.last {
                    entries[last] += line
                } else {
                    entries.append(String(line))
                }
            }
            elements = entries.map(Element.init)
        }
    }

    struct Element {
        let name: String
        let attributes: [Attribute]
        let children: [String]

        init(_ entry: String) {
            // A list of values may go on after a blank.
            let words = entry.replacing("| ", with: "|").replacing(#/\|\s+/#, with: "|").split(separator: " ").map(String.init)
            let divide = words.firstIndex(of: ">") ?? words.endIndex
            name = words.first ?? ""
            attributes = words[..<divide].dropFirst().map(Attribute.init)
            children = words[divide...].dropFirst().flatMap { $0.hasPrefix("%") ? Standard.list(String($0.dropFirst())) : [$0] }
        }
    }

    struct Attribute {
        let name: String
        /// Empty: any text or number.
        let values: [String]

        init(_ word: String) {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            name = parts[0]
            let text = parts.count > 1 ? parts[1] : ""
            values = text.hasPrefix("%") ? Standard.list(String(text.dropFirst())) : text.split(separator: "|").map(String.init)
        }
    }

    private static func list(_ name: String) -> [String] {
        (shared[name] ?? "").split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    }

    /// In the order of the standard's contents.
    static let pages: [Page] = [
        generalStructure, header, dataDictionary, taxonomy, miningSchema, transformations, functions, statistics, modelExplanation, targets,
        output, modelVerification, multipleModels, anomalyDetectionModel, associationRules, baselineModel, bayesianNetwork, clusteringModel,
        gaussianProcess, generalRegression, knn, naiveBayes, neuralNetwork, regression, ruleSet, scorecard, sequence, supportVectorMachine,
        text, timeSeriesModel, treeModel, deepNetwork,
    ]

    static let elements: [String: Element] = Dictionary(
        pages.flatMap(\.elements).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
