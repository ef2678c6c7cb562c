// The functions that libxml2 calls. Each recovers the parse's state from the pointer it was given and does little more.
internal import CLibXML2
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

private typealias State = UnsafeMutablePointer<ParseState>

@inline(__always)
private func state(_ user: UnsafeMutableRawPointer?) -> State? { user?.assumingMemoryBound(to: ParseState.self) }

func saxCallbacks() -> xmlSAXHandler {
    var callbacks = xmlSAXHandler()
    callbacks.initialized = XML_SAX2_MAGIC
    callbacks.startElementNs = { user, local, _, uri, _, _, count, defaulted, entries in
        startElement(user, local, uri, Int(count) - Int(defaulted), entries)
    }
    callbacks.endElementNs = { user, _, _, _ in endElement(user) }
    callbacks.characters = { user, piece, count in text(user, piece, count) }
    // The same function: libxml2 then does not ask whether white space is ignorable.
    callbacks.ignorableWhitespace = callbacks.characters
    callbacks.cdataBlock = { user, piece, count in text(user, piece, count) }
    callbacks.comment = { user, _ in notePosition(user) }
    callbacks.processingInstruction = { user, _, _ in notePosition(user) }
    callbacks.internalSubset = { user, _, _, _ in beginDocumentType(user) }
    callbacks.getEntity = { user, _ in entityMark(user) }
    callbacks.getParameterEntity = { user, _ in entityMark(user) }
    callbacks.serror = { user, error in note(user, error) }
    return callbacks
}

/// libxml2 wants the next bytes of the document.
func readDocument(_ user: UnsafeMutableRawPointer?, _ target: UnsafeMutablePointer<CChar>?, _ count: Int32) -> Int32 {
    guard let state = state(user), let target, count > 0, state.pointee.failure == nil, let bytes = state.pointee.bytes
    else { return -1 }
    do {
        try state.pointee.checkMarkup()
        return Int32(try bytes.read(into: UnsafeMutableRawBufferPointer(start: target, count: Int(count))))
    } catch {
        // Damage of the compressed bytes has no place in the text.
        if var error = error as? XMLError, error.id == .documentSizeLimit {
            error.position = state.pointee.position
            state.pointee.failure = error
        } else {
            state.pointee.failure = error
        }
        return -1
    }
}

private func startElement(
    _ user: UnsafeMutableRawPointer?, _ local: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, _ count: Int,
    _ entries: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) {
    guard let state = state(user), let local, state.pointee.failure == nil, let handler = state.pointee.handler else { return }
    state.pointee.tagLine = state.pointee.eventLine
    state.pointee.tagColumn = state.pointee.eventColumn
    if state.pointee.depth == 0 { beginRoot(state) }
    state.pointee.depth &+= 1
    state.pointee.elements &+= 1
    state.pointee.textBytes = 0
    if state.pointee.depth > state.pointee.limits.depth {
        return fail(state, .depthLimit, "more than \(state.pointee.limits.depth) elements inside one another")
    }
    if state.pointee.elements > state.pointee.limits.elements {
        return fail(state, .elementLimit, "more than \(state.pointee.limits.elements) elements")
    }
    do { try state.pointee.checkMarkup(attributes: count) } catch { return state.pointee.stop(error) }
    state.pointee.reserveAttributeCodes(count)
    let element = state.pointee.code(ofName: local, handler)
    let namespace = state.pointee.code(ofNamespace: uri, handler)
    guard let codes = state.pointee.attributeCodes.baseAddress else { return }
    var attributes = XMLAttributes(count: 0, codes: codes, entries: noEntries, mayHoldEntityReferences: false)
    if let entries, count > 0 {
        let limit = state.pointee.limits.attributeBytes
        for index in 0..<count {
            let entry = entries + 5 &* index
            guard let name = entry[0], let begin = entry[3], let end = entry[4] else { return }
            if end - begin > limit {
                return fail(state, .attributeSizeLimit, "an attribute of more than \(limit) bytes")
            }
            // An attribute without a prefix has no namespace, and means its element's vocabulary.
            let isForeign = entry[1] != nil && (entry[2] != uri || uri == nil)
            codes[index] = isForeign ? XMLAttributes.foreign : state.pointee.code(ofName: name, handler)
        }
        attributes = XMLAttributes(
            count: count, codes: codes, entries: UnsafePointer(entries),
            mayHoldEntityReferences: state.pointee.hasSeenEntityReference)
    }
    do {
        try handler._withUnsafeGuaranteedRef { try $0.start(element: element, namespace: namespace, attributes: attributes) }
    } catch {
        state.pointee.stop(error)
    }
    notePosition(user)
    // libxml2 reports the tag before it reads the closing bracket.
    state.pointee.eventColumn &+= 1
}

/// What must be done once, when the prolog is over.
private func beginRoot(_ state: State) {
    guard let context = state.pointee.context else { return }
    // Default values from a DTD: the root's were left out of the count above, and there shall be no others.
    if let defaults = context.pointee.attsDefault {
        xmlHashFree(defaults, { payload, name in xmlHashDefaultDeallocator(payload, name) })
        context.pointee.attsDefault = nil
    }
    // White space of the prolog makes no event, so look for the root's tag itself.
    guard let input = context.pointee.input, let base = input.pointee.base, var at = input.pointee.cur else { return }
    var (line, column) = (input.pointee.line, input.pointee.col)
    var crossedLine = false
    while at > base, at.pointee != UInt8(ascii: "<") {
        at -= 1
        if at.pointee == UInt8(ascii: "\n") {
            line &-= 1
            crossedLine = true
        } else if at.pointee & 0xC0 != 0x80 {
            column &-= 1
        }
    }
    if crossedLine {
        column = 1
        while at > base, at[-1] != UInt8(ascii: "\n") {
            at -= 1
            if at.pointee & 0xC0 != 0x80 { column &+= 1 }
        }
    }
    state.pointee.tagLine = line
    state.pointee.tagColumn = column
}

private func endElement(_ user: UnsafeMutableRawPointer?) {
    guard let state = state(user), state.pointee.failure == nil, let handler = state.pointee.handler else { return }
    state.pointee.depth &-= 1
    do {
        try handler._withUnsafeGuaranteedRef { try $0.end() }
    } catch {
        state.pointee.stop(error)
    }
    notePosition(user)
}

private func text(_ user: UnsafeMutableRawPointer?, _ piece: UnsafePointer<UInt8>?, _ count: Int32) {
    guard let state = state(user) else { return }
    if state.pointee.wantsText, let piece, count > 0, state.pointee.failure == nil, let handler = state.pointee.handler {
        state.pointee.textBytes &+= Int(count)
        if state.pointee.textBytes > state.pointee.limits.textBytes {
            return fail(state, .textSizeLimit, "more than \(state.pointee.limits.textBytes) bytes of text in an element")
        }
        do {
            try handler._withUnsafeGuaranteedRef { try $0.text(XMLBytes(start: piece, count: Int(count))) }
        } catch {
            state.pointee.stop(error)
        }
    }
    notePosition(user)
}

private func beginDocumentType(_ user: UnsafeMutableRawPointer?) {
    guard let state = state(user) else { return }
    state.pointee.hasDocumentType = true
    state.pointee.documentTypeStart = state.pointee.bytes?.total ?? 0
}

private func entityMark(_ user: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<xmlEntity>? {
    guard let state = state(user) else { return nil }
    // Without a document type nothing can declare an entity: libxml2 then says that it is undeclared.
    if !state.pointee.hasDocumentType { return nil }
    state.pointee.hasSeenEntityReference = true
    return state.pointee.entity.entity
}

@inline(__always)
private func notePosition(_ user: UnsafeMutableRawPointer?) {
    guard let state = state(user), let input = state.pointee.context?.pointee.input else { return }
    state.pointee.eventLine = input.pointee.line
    state.pointee.eventColumn = input.pointee.col
}

private func fail(_ state: State, _ id: XMLError.ID, _ message: String) {
    state.pointee.stop(XMLError(id, message, at: state.pointee.position))
}

/// Runs `parse` with all that libxml2 says noted: of bytes that it cannot decode it would write to the console,
/// past the parser's own callback. The setting is this thread's alone, and what it was before is put back.
func withoutConsole<Result>(_ user: UnsafeMutablePointer<ParseState>, _ parse: () -> Result) -> Result {
    let (before, context) = (__xmlStructuredError().pointee, __xmlStructuredErrorContext().pointee)
    xmlSetStructuredErrorFunc(user) { user, error in noteInput(user, error) }
    defer { xmlSetStructuredErrorFunc(context, before) }
    return parse()
}

/// What libxml2 says while it fills its buffer, where it may not be stopped: it comes to the end of its input by itself.
private func noteInput(_ user: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?) {
    guard let state = state(user), let error = error?.pointee, state.pointee.failure == nil, error.level != XML_ERR_WARNING else { return }
    if isOneOf(error.code, XML_I18N_CONV_FAILED, XML_IO_ENCODER) {
        state.pointee.failure = XMLError(.encoding, "from here on the bytes are not text in the document's encoding", at: state.pointee.position)
    } else if isOneOf(error.code, XML_ERR_NO_MEMORY) {
        state.pointee.failure = XMLError(.outOfMemory, "there is no memory left", at: state.pointee.position)
    }
}

/// libxml2 has something to say. Only what makes the document ill-formed counts.
private func note(_ user: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<xmlError>?) {
    guard let state = state(user), let error = error?.pointee, state.pointee.failure == nil else { return }
    // An undeclared prefix breaks XML Namespaces, not XML: the local name is what counts.
    if error.level == XML_ERR_WARNING || error.domain == Int32(XML_FROM_NAMESPACE.rawValue) { return }
    if error.level == XML_ERR_ERROR, state.pointee.context?.pointee.wellFormed == 1 { return }
    var message = error.message.map { String(cString: $0) } ?? "not well-formed"
    while message.last == "\n" { message.removeLast() }
    // What a user of libxml2 could do, and nobody else.
    message = message.replacing(", use XML_PARSE_HUGE", with: "")
    message = String(message.map { $0 == "\n" ? " " : $0 })
    let position = XMLPosition(line: Int(error.line), column: Int(error.int2))
    let code = error.code
    let id: XMLError.ID =
        if isOneOf(code, XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_ENCODING) {
            .unsupportedEncoding
        } else if isOneOf(code, XML_ERR_INVALID_ENCODING, XML_I18N_CONV_FAILED, XML_IO_ENCODER) || isEncodingError(error) {
            .encoding
        } else if isOneOf(code, XML_ERR_NO_MEMORY) {
            .outOfMemory
        } else if hasUndecodedBytes(state) {
            .encoding
        } else if isAtEnd(state) {
            state.pointee.bytes?.hasContent == false ? .empty : .truncated
        } else {
            .notWellFormed
        }
    if id == .encoding, hasUndecodedBytes(state) { message = "from here on the bytes are not text in the document's encoding" }
    if id == .empty { message = "the document is empty" }
    if id == .truncated { message = "the document ends too early: \(message)" }
    if id == .notWellFormed, isOneOf(code, XML_ERR_NAME_REQUIRED), message.contains("EntityRef") { message = "a & stands alone; write &amp;" }
    if id == .notWellFormed, isOneOf(code, XML_ERR_LT_IN_ATTRIBUTE) { message = "a < stands in an attribute; write &lt;" }
    state.pointee.stop(XMLError(id, message, at: position))
}

private func isOneOf(_ code: Int32, _ candidates: xmlParserErrors...) -> Bool {
    candidates.contains { Int32(bitPattern: $0.rawValue) == code }
}

/// libxml2 has one code for a character that XML forbids and for bytes that are no character; the latter come quoted.
private func isEncodingError(_ error: xmlError) -> Bool {
    isOneOf(error.code, XML_ERR_INVALID_CHAR) && error.str1 != nil
}

/// Whether libxml2 has used what it could decode and holds bytes that it could not: with some encodings it says nothing of them. A few
/// bytes are a character that is cut off.
private func hasUndecodedBytes(_ state: State) -> Bool {
    guard let input = state.pointee.context?.pointee.input, let buffer = input.pointee.buf, buffer.pointee.encoder != nil, isAtEnd(state) else { return false }
    return xmlBufUse(buffer.pointee.raw) > 8
}

/// Whether libxml2 has used all input there is.
private func isAtEnd(_ state: State) -> Bool {
    guard let input = state.pointee.context?.pointee.input else { return true }
    return input.pointee.cur >= input.pointee.end
}

private nonisolated(unsafe) let noEntries: UnsafePointer<UnsafePointer<UInt8>?> = {
    let entries = UnsafeMutablePointer<UnsafePointer<UInt8>?>.allocate(capacity: 5)
    entries.initialize(repeating: nil, count: 5)
    return UnsafePointer(entries)
}()
