// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdElement_Array
import ModelTree
import XMLStream

/// `Array`, as the strings it holds.
final class StringArrayReader: ElementReader {
    private var buffer: [UInt8] = []
    private let declaredCount: Int?
    private let receive: ([String]) throws -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping ([String]) throws -> Void) throws {
        self.receive = receive
        declaredCount = attributes.informationalInteger(.n)
        attributes.ignore(.type)
        super.init(document)
        wantsText = true
    }

    override func text(_ piece: XMLBytes) throws { buffer += piece.buffer }
    override func interrupt() { buffer.append(UInt8(ascii: " ")) }

    override func end() throws {
        let values = try buffer.withUnsafeBufferPointer { bytes in
            guard let values = ArrayText.strings(bytes) else { throw problem(.badArray("has an opening quote without a closing one")) }
            return values
        }
        if let declaredCount, declaredCount != values.count {
            document.warn(.arrayCount, "the array's n is \(declaredCount), but it holds \(values.count) values", at: place)
        }
        try receive(values)
    }
}

/// The text of an array: values separated by white space, in quotes where they contain some or are empty; a quote
/// inside quotes is written `\"`.
enum ArrayText {
    /// The values; nil when a quote stays open.
    static func strings(_ bytes: UnsafeBufferPointer<UInt8>) -> [String]? {
        let quote = UInt8(ascii: "\"")
        let escape = UInt8(ascii: "\\")
        var values: [String] = []
        var unescaped: [UInt8] = []
        var at = 0
        let count = bytes.count
        while true {
            while at < count, NumberText.isSpace(bytes[at]) { at &+= 1 }
            if at == count { return values }
            if bytes[at] == quote {
                at &+= 1
                unescaped.removeAll(keepingCapacity: true)
                while true {
                    if at == count { return nil }
                    if bytes[at] == quote { break }
                    if bytes[at] == escape, at + 1 < count, bytes[at + 1] == quote { at &+= 1 }
                    unescaped.append(bytes[at])
                    at &+= 1
                }
                at &+= 1
                values.append(String(decoding: unescaped, as: UTF8.self))
            } else {
                let start = at
                while at < count, !NumberText.isSpace(bytes[at]) { at &+= 1 }
                values.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self))
            }
        }
    }
}
