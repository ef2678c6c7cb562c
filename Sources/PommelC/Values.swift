import CPommel
import Evaluation
import Pommel

extension pommel_value {
    /// What a value holds, as the header numbers it.
    enum Kind {
        static var number: UInt32 { UInt32(POMMEL_NUMBER) }
        static var missing: UInt32 { UInt32(POMMEL_MISSING) }
        static var boolean: UInt32 { UInt32(POMMEL_BOOLEAN) }
        static var text: UInt32 { UInt32(POMMEL_TEXT) }
        static var list: UInt32 { UInt32(POMMEL_LIST) }
    }

    static var missing: pommel_value { pommel_value(kind: Kind.missing, number: 0) }

    init(kind: UInt32, number: Double) {
        self.init()
        self.kind = kind
        self.number = number
    }

    init(text bytes: UnsafeBufferPointer<UInt8>) {
        self.init()
        kind = Kind.text
        length = UInt32(clamping: bytes.count)
        text = bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
    }

    init(listAt start: Int, length: Int) {
        self.init(kind: Kind.list, number: Double(start))
        self.length = UInt32(clamping: length)
    }

    /// The bytes of a text or list.
    var bytes: UnsafeBufferPointer<UInt8> {
        guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: Int(length))
    }
}

/// A list among the results of a row.
struct ResultList {
    let items: ArraySlice<Double>
    private let frame: Frame
    private let type: ValueType

    /// - Parameter type: of the elements.
    init(_ frame: Frame, _ register: Int32, _ row: Int, _ type: ValueType) {
        self.frame = frame
        self.type = type
        items = frame.list(frame.codes(register)[row])
    }

    /// The element of a list of texts.
    func text(_ item: Double) -> UnsafeBufferPointer<UInt8> {
        Int32(exactly: item).map { frame.text($0) } ?? UnsafeBufferPointer(start: nil, count: 0)
    }

    func writeJSON(to out: inout ByteWriter) {
        let json = JSON.array(items.map { item in
            switch type {
            case .string: return .string(String(decoding: text(item), as: UTF8.self))
            case .boolean: return .boolean(item != 0)
            case .date, .time, .dateTime: return .string(Temporal.text(item, as: type))
            default: return .number(item)
            }
        })
        out.append(json.printed())
    }
}
