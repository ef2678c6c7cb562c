/// What a caller may say about a file that is opened.
public struct OpenOptions: Sendable, Hashable {
    /// The model to take from a document that holds several, by its `modelName`; nil takes the first that can be scored.
    public var modelName: String?
    /// The object to take from a file of R's `save`, or the element of a saved list; nil takes the only model.
    public var objectName: String?
    /// Arguments of R's `predict` that decide what a saved model answers, by their names: `["s": "0.01"]` for a `glmnet`.
    public var predictArguments: [String: String]
    /// Whether a document that departs from the standard is refused. Otherwise the one sensible reading is taken, and a warning says so. A native
    /// file was judged when it was made.
    public var isStrict: Bool
    /// What a file may cost to read.
    public var limits: ModelLimits
    /// Whether a native file is mapped into memory. A mapped file may be replaced by renaming another onto it, which the model does not notice; one that is
    /// written over or cut short in place changes the model under way, or ends the process with SIGBUS. Read into memory it takes time and memory, and nothing can happen to it.
    public var isMapped = true

    public init(
        modelName: String? = nil, objectName: String? = nil, isStrict: Bool = false, limits: ModelLimits = ModelLimits(), predictArguments: [String: String] = [:]
    ) {
        self.limits = limits
        self.modelName = modelName
        self.objectName = objectName
        self.isStrict = isStrict
        self.predictArguments = predictArguments
    }
}
