// https://dmg.org/pmml/v4-4-1/GeneralStructure.html
import ModelTree

/// Stands above the root element.
final class RootReader: ElementReader {
    var result = Document(name: "")

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        guard element == .pmml else { throw document.error(.notPMML(root: document.currentElementName)) }
        return .reader(try PMMLElementReader(document, attributes) { [unowned self] in result = $0 })
    }
}

/// `PMML`: the parts of a document.
final class PMMLElementReader: ElementReader {
    private var result = Document(name: "")
    private var dictionary: DataDictionary?
    private var transformations: Transformations?
    private var hasHeader = false
    private let receive: (Document) -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Document) -> Void) throws {
        self.receive = receive
        super.init(document)
        result.location = place
        result.version = try attributes.string(.version)
        try checkVersion()
        document.version = VersionNumber(result.version ?? "")
        if document.namespaces.isRootMissing, !document.version.isBefore(2, 1) {
            document.warn(.missingNamespace, "PMML has no namespace; that of its version is assumed")
        }
    }

    private func checkVersion() throws {
        if document.namespaces.isRootUnknown {
            document.warn(.unknownNamespace, "the namespace '\(document.namespaces.root ?? "")' is not one of PMML's")
        }
        let named = document.namespaces.rootVersion
        guard let written = result.version else {
            document.warn(.missingVersion, "PMML has no version")
            result.version = named
            return
        }
        // Producers with extensions of their own mark the version: `4.3Ext`.
        let version = String(written.prefix { $0.isNumber || $0 == "." })
        if version != written, !version.isEmpty {
            document.warn(.spelling, "PMML@version is '\(written)', which is read as \(version)")
            result.version = version
        }
        let numbers = version.split(separator: ".").map { Int($0) ?? -1 }
        guard let major = numbers.first, (2...4).contains(major), numbers.allSatisfy({ $0 >= 0 }),
            major < 4 || numbers.count < 2 || numbers[1] <= 4
        else {
            throw document.error(.unsupportedVersion(written))
        }
        if let named, named.split(separator: ".").prefix(2).elementsEqual(version.split(separator: ".").prefix(2)) == false {
            document.warn(.versionMismatch, "the version is \(version) but the namespace is that of \(named)")
        }
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .header:
            hasHeader = true
            return .reader(HeaderReader(document, attributes) { [unowned self] in result.header = $0 })
        case .dataDictionary:
            try once(dictionary != nil)
            return .reader(try DataDictionaryReader(document, attributes) { [unowned self] in
                dictionary = $0
                document.dataFieldNames = $0.fields.map(\.name)
            })
        case .transformationDictionary:
            try once(transformations != nil)
            return .reader(TransformationsReader(document) { [unowned self] in transformations = $0 })
        default:
            return try model(element, attributes) { [unowned self] in result.models.append($0) }.map(Reading.reader)
        }
    }

    override func end() throws {
        if !hasHeader { document.warn(.missingHeader, "PMML has no Header", at: place) }
        result.dataDictionary = try required(dictionary, "a DataDictionary")
        result.transformations = transformations ?? Transformations()
        receive(result)
    }
}
