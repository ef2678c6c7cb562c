// https://dmg.org/pmml/v4-4-1/GeneralStructure.html

/// A model document, whatever it was read from: what it says, free of the version it was said in.
public struct Document: Sendable {
    /// The file's name as it was given; `<standard input>` or another name for bytes.
    public var name: String
    /// The version as written (`4.4`, `3.2`), or nil.
    public var version: String?
    public var header: Header
    public var dataDictionary: DataDictionary
    public var transformations: Transformations
    public var models: [Model]
    public var paths: ElementPaths
    public var warnings: [Diagnostic]
    /// Vendor markup found (`x-mathContext`, `X-…`, Extension names), each once, for `inspect`.
    /// Whether trees have a ``TreeDigest``: another compiler than the one that made it cannot use them.
    public var hasDigests = false
    public var vendorMarkup: [String]
    /// Whether inputs have no names of their own, only places: a table whose columns are called otherwise gives them in its order.
    public var readsByPosition = false
    /// The root element.
    public var location: SourceLocation

    public init(
        name: String, version: String? = nil, header: Header = Header(), dataDictionary: DataDictionary = DataDictionary(),
        transformations: Transformations = Transformations(), models: [Model] = [], paths: ElementPaths = ElementPaths(),
        warnings: [Diagnostic] = [], vendorMarkup: [String] = [], location: SourceLocation = .none
    ) {
        self.name = name
        self.version = version
        self.header = header
        self.dataDictionary = dataDictionary
        self.transformations = transformations
        self.models = models
        self.paths = paths
        self.warnings = warnings
        self.vendorMarkup = vendorMarkup
        self.location = location
    }
}

/// https://dmg.org/pmml/v4-4-1/Header.html
public struct Header: Sendable {
    public var copyright: String?
    public var description: String?
    public var modelVersion: String?
    public var applicationName: String?
    public var applicationVersion: String?
    public var timestamp: String?
    public var annotations: [String]
    public var extensions: [Extension]

    /// Vendor markup of a name and a value, such as the user whom R's exporters name.
    public struct Extension: Sendable {
        public var extender: String?
        public var name: String?
        public var value: String?
        public init(extender: String? = nil, name: String? = nil, value: String? = nil) {
            self.extender = extender
            self.name = name
            self.value = value
        }
    }

    public init(
        copyright: String? = nil, description: String? = nil, modelVersion: String? = nil, applicationName: String? = nil,
        applicationVersion: String? = nil, timestamp: String? = nil, annotations: [String] = [], extensions: [Extension] = []
    ) {
        self.copyright = copyright
        self.description = description
        self.modelVersion = modelVersion
        self.applicationName = applicationName
        self.applicationVersion = applicationVersion
        self.timestamp = timestamp
        self.annotations = annotations
        self.extensions = extensions
    }
}
