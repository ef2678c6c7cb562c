internal import CLibXML2

/// Reads an XML document as a stream of events through libxml2's SAX2 interface.
///
/// Made for large documents from strangers: values are handed out where they lie, nothing is built, no DTD or entity
/// is ever loaded or expanded, and every size has a limit (``XMLLimits``).
///
/// References to entities other than the five of XML itself are not expanded: each is delivered as one
/// ``XMLBytes/entityReferenceMark``, so that a handler can refuse values that it needs and that held one.
public final class XMLStream {
    private let state: UnsafeMutablePointer<ParseState>

    public init(limits: XMLLimits = XMLLimits()) {
        state = .allocate(capacity: 1)
        state.initialize(to: ParseState(limits: limits))
    }

    deinit {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Whether text inside the current element goes to the handler; set and cleared by the handler.
    public var wantsText: Bool {
        get { state.pointee.wantsText }
        set { state.pointee.wantsText = newValue }
    }

    /// Whether the document has used an entity reference so far.
    public var hasSeenEntityReference: Bool { state.pointee.hasSeenEntityReference }

    /// During ``XMLHandler/start(element:namespace:attributes:)``: where the start tag begins.
    public var startTagPosition: XMLPosition { state.pointee.startTagPosition }

    /// Reads one document to its end.
    /// - Throws: ``XMLError``, or whatever the handler threw.
    public func parse(_ source: XMLSource, handler: XMLHandler) throws {
        _ = libraryIsReady
        let bytes = try DocumentBytes(source, limits: state.pointee.limits)
        state.pointee.begin(handler: handler, bytes: bytes)
        defer { withExtendedLifetime(handler) { state.pointee.finish() } }

        var callbacks = saxCallbacks()
        let read: xmlInputReadCallback = { context, target, count in readDocument(context, target, count) }
        guard let context = xmlCreateIOParserCtxt(&callbacks, state, read, nil, state, XML_CHAR_ENCODING_NONE) else {
            if let failure = state.pointee.failure { throw failure }
            throw XMLError(.outOfMemory, "libxml2 could not start")
        }
        state.pointee.context = context
        // NOENT makes libxml2 hand out attribute values as they are meant; what it would substitute is what our
        // getEntity returns, which is a mark and never the document's text.
        let options = XML_PARSE_HUGE.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue
        xmlCtxtUseOptions(context, Int32(bitPattern: options))
        let status = withoutConsole(state) { xmlParseDocument(context) }
        let isWellFormed = context.pointee.wellFormed == 1 && status == 0
        let end = state.pointee.position
        // Without a tree builder there is no document, save the stub that libxml2 makes for entity declarations.
        if let document = context.pointee.myDoc {
            xmlFreeDoc(document)
            context.pointee.myDoc = nil
        }
        state.pointee.context = nil
        xmlFreeParserCtxt(context)

        if let failure = state.pointee.failure { throw failure }
        if !bytes.hasContent { throw XMLError(.empty, "the document is empty", at: XMLPosition(line: 1, column: 1)) }
        if !isWellFormed { throw XMLError(.notWellFormed, "the document is not well-formed XML", at: end) }
    }
}

private let libraryIsReady: Void = xmlInitParser()
