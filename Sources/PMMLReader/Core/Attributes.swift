import ModelTree
import XMLStream

/// The attributes of the element that is starting: typed access, with errors that name the attribute.
///
/// One object serves the whole document; it remembers which attributes were read, so that the others are remarked on.
final class Attributes {
    // The document's reader owns this object and outlives it.
    private unowned(unsafe) let document: DocumentReader
    @exclusivity(unchecked) private var values = XMLAttributes?.none
    /// Bits of the attributes that were asked for, and of those among them that have a part in what the model means.
    @exclusivity(unchecked) private var seen: UInt64 = 0
    @exclusivity(unchecked) private var meant: UInt64 = 0

    init(_ document: DocumentReader) { self.document = document }

    func begin(_ attributes: XMLAttributes) {
        values = attributes
        seen = 0
        meant = 0
    }

    /// Remarks on attributes that nobody read. Vendor markup and foreign attributes are noted, not warned about.
    func finish() {
        guard let values else { return }
        self.values = nil
        if values.count < 64, seen == (UInt64(1) << UInt64(values.count)) - 1 { return }
        for index in 0..<min(values.count, 64) where seen & (1 << UInt64(index)) == 0 {
            let code = values.code(at: index)
            if code == XMLAttributes.foreign || !document.isFirstRemark(onAttribute: code) { continue }
            let name = values.name(at: index)
            if name.hasPrefix("x-") || name.hasPrefix("X-") {
                document.noteVendorMarkup(name)
            } else {
                document.warn(.unknownAttribute, "attribute '\(name)' of \(document.currentElementName) is unknown and ignored")
            }
        }
    }

    /// For readers of many elements that look at all attributes themselves.
    var raw: XMLAttributes? { values }
    func markRead(_ index: Int, isInformational: Bool = false) {
        let bit: UInt64 = index < 64 ? 1 << UInt64(index) : 0
        seen |= bit
        if !isInformational { meant |= bit }
    }

    /// Whether an attribute has a part in what the model means.
    var areMeant: Bool { meant != 0 }

    /// Tells what became of each attribute.
    func tell(_ observer: any MarkupObserver) {
        guard let values else { return }
        for index in 0..<min(values.count, 64) where values.code(at: index) != XMLAttributes.foreign {
            let bit = UInt64(1) << UInt64(index)
            observer.attribute(
                values.name(at: index), values.value(at: index).string, meant & bit != 0 ? .used : seen & bit != 0 ? .ignored : .unknown)
        }
    }

    private func find(_ attribute: Attribute, isInformational: Bool = false) -> XMLBytes? {
        guard let values else { return nil }
        for index in 0..<values.count where document.names.attribute(values.code(at: index)) == attribute {
            markRead(index, isInformational: isInformational)
            if attribute.isVendorMarkup {
                document.noteVendorMarkup(attribute.rawValue)
                // Binary64 is what the standard computes in anyway.
                if attribute != .xMathContext || !values.value(at: index).equals("double") { follow(attribute.rawValue) }
            }
            return values.value(at: index)
        }
        return nil
    }

    /// Attributes that are known and have no part in the model's answers.
    func ignore(_ attributes: Attribute...) {
        for attribute in attributes { _ = find(attribute, isInformational: true) }
    }

    /// Attributes that could change the model's answers, and that nothing is known to do with.
    func refuse(_ attributes: Attribute..., because reason: String) throws {
        for attribute in attributes where try string(attribute) != nil {
            throw document.error(.unsupportedAttribute(try string(attribute) ?? "", in: place(attribute), because: reason))
        }
    }

    func bytes(_ attribute: Attribute) throws -> XMLBytes? {
        guard let value = find(attribute) else { return nil }
        if values?.mayHoldEntityReferences == true, value.containsEntityReference {
            throw document.error(.entityReference(in: place(attribute)))
        }
        return value
    }

    /// Remarks on vendor markup that has a part in the model's answers.
    private func follow(_ markup: String) {
        document.noteVendorMarkup(markup)
        document.warn(.vendorMarkup, "'\(markup)' of \(document.currentElementName) is vendor markup that changes scores; it is followed")
    }

    /// Remarks on a value whose meaning is plain, but not its spelling.
    private func remarkOnSpelling(_ value: XMLBytes, of attribute: Attribute, meaning: String) {
        document.warn(.spelling, "\(place(attribute)) is '\(value.string)', which is read as \(meaning)")
    }

    private func place(_ attribute: Attribute) -> String { "\(document.currentElementName)@\(attribute.rawValue)" }

    private func missing(_ attribute: Attribute) -> PMMLReadError {
        document.error(.missingAttribute(attribute.rawValue, of: document.currentElementName))
    }

    // MARK: Text

    func string(_ attribute: Attribute) throws -> String? { try bytes(attribute)?.string }

    func requiredString(_ attribute: Attribute) throws -> String {
        guard let value = try string(attribute) else { throw missing(attribute) }
        return value
    }

    /// Text that only people read: an entity reference in it is no reason to refuse the document.
    func informationalString(_ attribute: Attribute) -> String? {
        guard let value = find(attribute, isInformational: true) else { return nil }
        if value.containsEntityReference {
            document.warn(.entityReference, "\(place(attribute)) holds an entity reference and is ignored")
            return nil
        }
        return value.string
    }

    /// The name of a table's column: cells are known by local name, so a prefix does not count.
    func column(_ attribute: Attribute) throws -> String? {
        guard let value = try string(attribute) else { return nil }
        guard let colon = value.lastIndex(of: ":") else { return value }
        return String(value[value.index(after: colon)...])
    }

    // MARK: Numbers

    /// An attribute's text, unless it is blank: exporters write `""` for numbers that they do not have.
    private func stated(_ attribute: Attribute) throws -> XMLBytes? {
        guard let value = try bytes(attribute) else { return nil }
        if NumberText.trimmed(value.buffer).count > 0 { return value }
        document.warn(.spelling, "\(place(attribute)) is empty, which is read as if it were absent")
        return nil
    }

    func number(_ attribute: Attribute) throws -> Double? {
        guard let value = try stated(attribute) else { return nil }
        guard let number = NumberText.double(value.buffer) else {
            throw document.error(.badNumber(value.string, in: place(attribute)))
        }
        if !number.isFinite, !NumberText.isWellSpelled(value.buffer) {
            remarkOnSpelling(value, of: attribute, meaning: "\(number.isNaN ? "NaN" : number < 0 ? "-INF" : "INF")")
        }
        return number
    }

    func requiredNumber(_ attribute: Attribute) throws -> Double {
        guard let value = try number(attribute) else { throw missing(attribute) }
        return value
    }

    /// A number from 0 on that is not infinite.
    func tolerance(_ attribute: Attribute) throws -> Double? {
        guard let value = try number(attribute) else { return nil }
        guard value >= 0, value.isFinite else {
            throw document.error(.outOfRange("\(value)", in: place(attribute), expected: "a number from 0 on"))
        }
        return value
    }

    /// A number between 0 and 1.
    func share(_ attribute: Attribute) throws -> Double? {
        guard let value = try number(attribute) else { return nil }
        guard value >= 0, value <= 1 else {
            throw document.error(.outOfRange("\(value)", in: place(attribute), expected: "between 0 and 1"))
        }
        return value
    }

    func integer(_ attribute: Attribute, atLeast least: Int = .min) throws -> Int? {
        guard let value = try stated(attribute) else { return nil }
        guard let number = NumberText.integer(value.buffer) else {
            // 1e30 and digits without end are integers, but no count.
            if NumberText.isDigits(value.buffer), NumberText.double(value.buffer) != nil {
                throw document.error(.outOfRange(value.string, in: place(attribute), expected: "within 64 bits"))
            }
            throw document.error(.badInteger(value.string, in: place(attribute)))
        }
        if !NumberText.isDigits(value.buffer) { remarkOnSpelling(value, of: attribute, meaning: "\(number)") }
        guard number >= least else {
            throw document.error(.outOfRange("\(number)", in: place(attribute), expected: "at least \(least)"))
        }
        return number
    }

    /// A number that only describes the document; nil when it is no integer.
    func informationalInteger(_ attribute: Attribute) -> Int? {
        find(attribute, isInformational: true).flatMap { NumberText.integer($0.buffer) }
    }

    /// A number that only describes the document.
    func informationalNumber(_ attribute: Attribute) -> Double? {
        find(attribute, isInformational: true).flatMap { NumberText.double($0.buffer) }
    }

    // MARK: Choices

    func flag(_ attribute: Attribute) throws -> Bool? {
        guard let value = try bytes(attribute) else { return nil }
        switch value.string {
        case "true", "1": return true
        case "false", "0": return false
        case "TRUE", "True":
            remarkOnSpelling(value, of: attribute, meaning: "true")
            return true
        case "FALSE", "False":
            remarkOnSpelling(value, of: attribute, meaning: "false")
            return false
        default: throw document.error(.badBoolean(value.string, in: place(attribute)))
        }
    }

    /// One of an enumeration's raw values. A vendor's `x-` before a value that a later version has made standard is accepted.
    func choice<Choice: RawRepresentable & CaseIterable>(_ attribute: Attribute, of _: Choice.Type = Choice.self) throws -> Choice?
    where Choice.RawValue == String {
        guard let bytes = try bytes(attribute) else { return nil }
        let value = bytes.string
        if let choice = Choice(rawValue: value) {
            if value.hasPrefix("x-") { follow(value) }
            return choice
        }
        let trimmed = String(decoding: NumberText.trimmed(bytes.buffer), as: UTF8.self)
        if let choice = Choice(rawValue: trimmed) {
            remarkOnSpelling(bytes, of: attribute, meaning: "'\(trimmed)'")
            return choice
        }
        if trimmed.hasPrefix("x-"), let choice = Choice(rawValue: String(trimmed.dropFirst(2))) {
            follow(trimmed)
            return choice
        }
        throw document.error(.badValue(value, in: place(attribute), expected: Choice.allCases.map(\.rawValue)))
    }

    /// A choice that only describes the document; nil when it is none of the enumeration's values.
    func informationalChoice<Choice: RawRepresentable>(_ attribute: Attribute, of _: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        find(attribute, isInformational: true).flatMap { Choice(rawValue: String(decoding: NumberText.trimmed($0.buffer), as: UTF8.self)) }
    }

    func requiredChoice<Choice: RawRepresentable & CaseIterable>(_ attribute: Attribute, of type: Choice.Type = Choice.self) throws -> Choice
    where Choice.RawValue == String {
        guard let value = try choice(attribute, of: type) else { throw missing(attribute) }
        return value
    }

    func missingAttribute(_ attribute: Attribute) -> PMMLReadError { missing(attribute) }
    func badValue(_ attribute: Attribute, _ found: String, expected: [String]) -> PMMLReadError {
        document.error(.badValue(found, in: place(attribute), expected: expected))
    }
}
