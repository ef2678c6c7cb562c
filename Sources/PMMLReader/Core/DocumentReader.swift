import ModelTree
import XMLStream

/// Walks a document: keeps the stack of open elements, gives each event to the reader in charge, and knows the place
/// for every message.
final class DocumentReader: XMLHandler {
    /// Expressions, predicates and models inside one another; nodes of a tree do not count.
    static let nestingLimit = 1_000
    /// Cells of tables, matrices and sparse arrays that the document implies without writing them: a few characters must not ask for more memory
    /// than there is, and neither must many elements of a few characters each.
    static let impliedCellLimit = 50_000_000

    let file: String
    let stream: XMLStream
    /// Digests the trees of forests, if the caller wants that.
    var treeWorker: TreeWorker?
    @exclusivity(unchecked) private(set) var names = NameTable()
    private(set) var namespaces = Namespaces()
    /// The document's version, once the root has been read.
    var version = VersionNumber("")
    /// The names in the DataDictionary, once it has been read.
    var dataFieldNames: [String] = []
    private(set) var paths = ElementPaths()
    private(set) var warnings: [Diagnostic] = []
    /// The errors found so far, where reading goes on after one; nil where the first ends it.
    private(set) var errors: [PMMLReadError]?
    /// More errors than this end the reading all the same.
    static let errorLimit = 1_000
    private var impliedCells = 0
    private(set) var vendorMarkup: [String] = []
    private var warned: Set<String> = []
    private var notedMarkup: Set<String> = []
    private var remarkedAttributes: Set<UInt64> = []
    @exclusivity(unchecked) private var sharedAttributes: Attributes?

    private enum Role: UInt8 { case reader, leaf, inPlace }
    private struct Frame {
        var element: Int32
        var role: Role
        /// The element's path, or `.max` while nobody has asked.
        var path: UInt32
    }
    // The events come one after another, so these need no check that accesses do not overlap.
    @exclusivity(unchecked) private var frames: [Frame] = []
    @exclusivity(unchecked) private var readers: [ElementReader] = []
    /// For each reader, how many errors there were when its element started.
    @exclusivity(unchecked) private var errorsBefore: [Int] = []
    /// Open elements inside (and with) one whose content does not matter.
    @exclusivity(unchecked) private var skipped = 0
    private let observer: (any MarkupObserver)?
    /// The reader in charge, if it is one of trees that may take usual tags at once, which most of a forest consists of.
    @exclusivity(unchecked) private var trees: Unmanaged<TreeNodesReader>?

    /// - Parameters:
    ///   - collectsErrors: whether to go on after an error, past the element that has it.
    ///   - observer: hears what becomes of each element and attribute.
    init(file: String, limits: XMLLimits, collectsErrors: Bool = false, observer: (any MarkupObserver)? = nil) {
        self.file = file
        self.observer = observer
        errors = collectsErrors ? [] : nil
        stream = XMLStream(limits: limits)
        super.init()
        sharedAttributes = Attributes(self)
    }

    func read(_ source: XMLSource, into root: ElementReader) throws {
        readers = [root]
        errorsBefore = [0]
        defer { readers = [] }
        do {
            try stream.parse(source, handler: self)
        } catch let error as XMLError {
            throw PMMLReadError(
                id: error.id.rawValue, message: error.message, file: file, line: error.position.line,
                column: error.position.column, path: pathText())
        }
    }

    /// To be asked before cells are made that the document does not write.
    func allow(impliedCells count: Int, at place: SourceLocation) throws {
        let (sum, overflow) = impliedCells.addingReportingOverflow(count)
        if overflow || sum > Self.impliedCellLimit { throw error(.cellLimit(Self.impliedCellLimit), at: place) }
        impliedCells = sum
    }

    // MARK: Events

    override func code(ofName name: XMLBytes) -> Int32 { names.code(of: name) }

    override func code(ofNamespace namespace: XMLBytes) -> Int32 { namespaces.code(of: namespace) }

    override func start(element code: Int32, namespace: Int32, attributes xmlAttributes: XMLAttributes) throws {
        if skipped > 0 {
            skipped &+= 1
            if observer != nil { observeSkipped(code, xmlAttributes, .ignored) }
            return
        }
        if let trees, namespace == Namespaces.pmml, frames.last?.role == .inPlace || frames.last?.role == .reader,
            let role = trees._withUnsafeGuaranteedRef({ $0.take(code, xmlAttributes) })
        {
            frames.append(Frame(element: code, role: role == .node ? .inPlace : .leaf, path: .max))
            return
        }
        let isLeaf = frames.last?.role == .leaf
        guard let reader = readers.last, let attributes = sharedAttributes else { return }
        frames.append(Frame(element: code, role: .leaf, path: .max))
        let isForeign = namespace == Namespaces.foreign
        let element = isForeign ? .unknown : names.element(code)
        if element == .extension || (isForeign && !reader.takesForeignElements) || isVendorElement(element, code) {
            noteExtension(code, isForeign: isForeign, xmlAttributes)
            if element == .extension, !isForeign, !isLeaf { try extend(reader, xmlAttributes) }
            if element != .extension || isLeaf || !reader.looksIntoExtensions {
                if observer != nil { observeSkipped(code, xmlAttributes, element == .extension ? .ignored : .unknown) }
                if !isLeaf { reader.interrupt() }
                return skip()
            }
        }
        attributes.begin(xmlAttributes)
        do {
            try begin(element, code, isLeaf ? nil : reader.child(element, attributes), in: reader)
        } catch {
            try keep(error)
            observer?.elementBegins(names.text(code), .unknown)
            return skip()
        }
        if let observer {
            if skipped == 0 || attributes.areMeant {
                observer.elementBegins(names.text(code), .used)
                attributes.tell(observer)
            } else {
                observeSkipped(code, xmlAttributes, .ignored)
            }
        }
        if skipped == 0 { attributes.finish() }
    }

    private func begin(_ element: Element, _ code: Int32, _ reading: Reading?, in reader: ElementReader) throws {
        switch reading {
        case .reader(let child):
            if readers.count > Self.nestingLimit { throw error(.nestingLimit(Self.nestingLimit)) }
            readers.append(child)
            errorsBefore.append(errors?.count ?? 0)
            frames[frames.count - 1].role = .reader
            stream.wantsText = child.wantsText
            noteTrees()
        case .leaf:
            stream.wantsText = false
        case .inPlace:
            frames[frames.count - 1].role = .inPlace
            stream.wantsText = reader.wantsText
        case .skip:
            skip()
        case nil:
            if element.isInformational { return skip() }
            throw error(.unsupportedElement(names.text(code), in: parentName()))
        }
    }

    override func end() throws {
        observer?.elementEnds()
        if skipped > 0 {
            skipped &-= 1
            if skipped == 0 { resumeText() }
            return
        }
        // Readers of trees want no text.
        if let trees, let role = frames.last?.role, role != .reader {
            if role == .inPlace { try trees._withUnsafeGuaranteedRef { try $0.endNode() } }
            frames.removeLast()
            return
        }
        guard let frame = frames.last, let reader = readers.last else { return }
        switch frame.role {
        case .leaf: break
        case .inPlace: try sound { try reader.end(of: names.element(frame.element)) }
        case .reader:
            try sound { try reader.end() }
            readers.removeLast()
            errorsBefore.removeLast()
            noteTrees()
        }
        frames.removeLast()
        resumeText()
    }

    override func text(_ piece: XMLBytes) throws {
        guard let reader = readers.last else { return }
        if stream.hasSeenEntityReference, piece.containsEntityReference {
            if reader.isInformational { return }
            throw error(.entityReference(in: "the text of \(currentElementName)"))
        }
        try sound { try reader.text(piece) }
    }

    /// To be called when another reader is in charge. Where somebody watches, or errors are collected, every tag takes the long way.
    private func noteTrees() {
        trees = errors == nil && observer == nil ? (readers.last as? TreeNodesReader).map { Unmanaged.passUnretained($0) } : nil
    }

    // MARK: Errors

    /// Goes on after an error if errors are collected.
    private func keep(_ error: any Error) throws {
        guard let error = error as? PMMLReadError, let count = errors?.count, count < Self.errorLimit else { throw error }
        errors?.append(error)
    }

    /// Does a part of the current reader's work, unless an error inside its element has left it without what it needs.
    private func sound(_ work: () throws -> Void) throws {
        guard let errors else { return try work() }
        if let before = errorsBefore.last, errors.count > before { return }
        do { try work() } catch { try keep(error) }
    }

    /// The element just started has content that does not matter.
    private func skip() {
        frames.removeLast()
        skipped = 1
        stream.wantsText = false
    }

    private func observeSkipped(_ code: Int32, _ attributes: XMLAttributes, _ fate: MarkupFate) {
        observer?.elementBegins(names.text(code), fate)
        for index in 0..<attributes.count where attributes.code(at: index) != XMLAttributes.foreign {
            observer?.attribute(attributes.name(at: index), attributes.value(at: index).string, fate)
        }
    }

    private func resumeText() {
        stream.wantsText = frames.last?.role != .leaf && readers.last?.wantsText == true
    }

    // MARK: Vendor markup

    private func isVendorElement(_ element: Element, _ code: Int32) -> Bool {
        guard element == .unknown else { return false }
        let name = names.text(code)
        return (name.hasPrefix("X-") || name.hasPrefix("x-")) && readers.last?.takesForeignElements != true
    }

    private func noteExtension(_ code: Int32, isForeign: Bool, _ attributes: XMLAttributes) {
        if isForeign {
            return warn(.foreignElement, "element '\(names.text(code))' of a foreign namespace is ignored")
        }
        var markup = names.text(code)
        if markup == Element.extension.rawValue {
            for index in 0..<attributes.count where names.attribute(attributes.code(at: index)) == .name {
                let value = attributes.value(at: index)
                if value.count > 200 || value.containsEntityReference { continue }
                // What the writer says in an extension is an attribute or value of that name.
                markup = value.string.hasPrefix("x-") ? value.string : markup + " " + value.string
            }
        }
        noteVendorMarkup(markup)
    }

    private func extend(_ reader: ElementReader, _ attributes: XMLAttributes) throws {
        var name: XMLBytes?
        var value: XMLBytes?
        for index in 0..<attributes.count {
            switch names.attribute(attributes.code(at: index)) {
            case .name: name = attributes.value(at: index)
            case .value: value = attributes.value(at: index)
            default: continue
            }
        }
        guard let name, let value, !name.containsEntityReference, !value.containsEntityReference else { return }
        try reader.extend(name.string, value.string)
    }

    func noteVendorMarkup(_ markup: String) {
        if vendorMarkup.count < 1_000, notedMarkup.insert(markup).inserted { vendorMarkup.append(markup) }
    }

    /// Whether an attribute of the current element's kind is seen for the first time: millions of nodes may carry it.
    func isFirstRemark(onAttribute code: Int32) -> Bool {
        guard let element = frames.last?.element else { return false }
        let pair = UInt64(UInt32(bitPattern: element)) << 32 | UInt64(UInt32(bitPattern: code))
        return remarkedAttributes.insert(pair).inserted
    }

    // MARK: Places and messages

    var currentElementName: String { frames.last.map { names.text($0.element) } ?? "the document" }

    private func parentName() -> String { frames.count > 1 ? names.text(frames[frames.count - 2].element) : "the document" }

    /// Where the element that is starting stands.
    func here() -> SourceLocation {
        let position = stream.startTagPosition
        return SourceLocation(
            line: UInt32(clamping: position.line), column: UInt32(clamping: position.column), path: currentPath())
    }

    private func currentPath() -> UInt32 {
        var known = frames.count
        while known > 0, frames[known - 1].path == .max { known -= 1 }
        var path = known > 0 ? frames[known - 1].path : 0
        for index in known..<frames.count {
            path = paths.child(of: path, named: names.text(frames[index].element))
            frames[index].path = path
        }
        return path
    }

    private func pathText() -> String { paths.text(currentPath()) }

    /// An error about the element that is starting, or ending.
    func error(_ problem: ReadProblem) -> PMMLReadError { error(problem, at: here()) }

    func error(_ problem: ReadProblem, at place: SourceLocation) -> PMMLReadError {
        PMMLReadError(
            id: problem.id.rawValue, message: problem.message, file: file, line: Int(place.line), column: Int(place.column),
            path: paths.text(place.path))
    }

    /// Remarks on an element, that which is starting if no other is given; the same remark is made once.
    func warn(_ id: ReadWarningID, _ message: String, at place: SourceLocation? = nil) {
        guard warnings.count < 1_000, warned.insert(id.rawValue + message).inserted else { return }
        warnings.append(Diagnostic(id: id.rawValue, severity: .warning, message: message, location: place ?? here()))
    }
}
