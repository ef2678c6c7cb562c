internal import CLibXML2

/// What the callbacks share during one parse. libxml2 carries a pointer to it through C.
struct ParseState: ~Copyable {
    let limits: XMLLimits
    var context: xmlParserCtxtPtr?
    /// Kept alive by the caller of the parse.
    var handler: Unmanaged<XMLHandler>?
    var bytes: DocumentBytes?
    /// The first error of ours, of the handler or of libxml2: the parse ends with it.
    var failure: (any Error)?

    var names = NameCodes()
    var namespaces = NameCodes()
    var codeOfNoNamespace: Int32?
    var attributeCodes: UnsafeMutableBufferPointer<Int32>

    var depth = 0
    var elements = 0
    /// Bytes read when the document type declaration began.
    var documentTypeStart = 0
    var wantsText = false
    var textBytes = 0
    var hasDocumentType = false
    var hasSeenEntityReference = false
    /// The stand-in for every entity of the document.
    let entity = EntityMark()

    // Where the last event ended, which is where the next one begins: kept because libxml2 reports a start tag
    // when it stands at the tag's end.
    var eventLine: Int32 = 1
    var eventColumn: Int32 = 1
    // Where the start tag at hand begins.
    var tagLine: Int32 = 0
    var tagColumn: Int32 = 0

    init(limits: XMLLimits) {
        self.limits = limits
        attributeCodes = .allocate(capacity: 64)
    }

    deinit { attributeCodes.deallocate() }

    mutating func begin(handler: XMLHandler, bytes: DocumentBytes) {
        finish()
        self.handler = .passUnretained(handler)
        self.bytes = bytes
        failure = nil
        names = NameCodes()
        namespaces = NameCodes()
        codeOfNoNamespace = nil
        depth = 0
        elements = 0
        wantsText = false
        textBytes = 0
        hasDocumentType = false
        hasSeenEntityReference = false
        eventLine = 1
        eventColumn = 1
    }

    mutating func finish() {
        handler = nil
        bytes = nil
        context = nil
    }

    var startTagPosition: XMLPosition { XMLPosition(line: Int(tagLine), column: Int(tagColumn)) }

    var position: XMLPosition {
        guard let input = context?.pointee.input else { return XMLPosition(line: Int(eventLine), column: Int(eventColumn)) }
        return XMLPosition(line: Int(input.pointee.line), column: Int(input.pointee.col))
    }

    /// Remembers the first failure and makes libxml2 stop.
    mutating func stop(_ error: any Error) {
        if failure == nil { failure = error }
        if let context { xmlStopParser(context) }
    }

    /// Looks at what libxml2 holds, before it gets more of the document and at each tag.
    ///
    /// It compares the attributes of a tag, the namespaces in scope and the values that a DTD enumerates with one another, and its tables of
    /// names and declarations stop growing: of a million each would take minutes. Its table of attributes, five places for each, doubles.
    func checkMarkup(attributes: Int = 0) throws {
        guard let context else { return }
        let most = limits.attributes
        if attributes > most || Int(context.pointee.maxatts) / 20 > most &+ 50 {
            throw XMLError(.attributeLimit, "an element with more than \(most) attributes", at: position)
        }
        if Int(context.pointee.nsNr) / 2 > most {
            throw XMLError(.attributeLimit, "an element with more than \(most) namespaces", at: position)
        }
        if xmlDictSize(context.pointee.dict) > limits.names {
            throw XMLError(.nameLimit, "more than \(limits.names) different names of elements and attributes", at: position)
        }
        if context.pointee.inSubset != 0, let bytes, bytes.total &- documentTypeStart > limits.dtdBytes {
            throw XMLError(.documentTypeLimit, "a document type declaration of more than \(limits.dtdBytes) bytes", at: position)
        }
    }

    mutating func reserveAttributeCodes(_ count: Int) {
        if count <= attributeCodes.count { return }
        attributeCodes.deallocate()
        attributeCodes = .allocate(capacity: count * 2)
    }

    /// The handler's number for an interned name.
    @inline(__always)
    mutating func code(ofName name: UnsafePointer<UInt8>, _ handler: Unmanaged<XMLHandler>) -> Int32 {
        if let code = names.find(name) { return code }
        let code = handler._withUnsafeGuaranteedRef { $0.code(ofName: interned(name)) }
        names.insert(name, code)
        return code
    }

    @inline(__always)
    mutating func code(ofNamespace uri: UnsafePointer<UInt8>?, _ handler: Unmanaged<XMLHandler>) -> Int32 {
        guard let uri else {
            if let code = codeOfNoNamespace { return code }
            let code = handler._withUnsafeGuaranteedRef { $0.code(ofNamespace: .empty) }
            codeOfNoNamespace = code
            return code
        }
        if let code = namespaces.find(uri) { return code }
        let code = handler._withUnsafeGuaranteedRef { $0.code(ofNamespace: interned(uri)) }
        namespaces.insert(uri, code)
        return code
    }

    private func interned(_ name: UnsafePointer<UInt8>) -> XMLBytes {
        XMLBytes(start: name, count: Int(xmlStrlen(name)))
    }
}
