/// The fixed parts of the native file; docs/format.md is the normative text.
enum FileLayout {
    /// A byte that is not ASCII, the name, and the line ends that text-mode copying would change.
    static let magic: [UInt8] = [0x8f, 0x50, 0x4d, 0x4c, 0x0d, 0x0a, 0x1a, 0x0a]
    static let major: UInt16 = 1
    static let minor: UInt16 = 1
    static let byteOrderMark: UInt32 = 0x0102_0304
    static let headerSize = 64
    static let entrySize = 64
    static let alignment = 64
    static let mostSections = 1024

    /// The next place at which a section may begin.
    static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }

    /// What a section's elements are.
    enum ElementType: UInt32 {
        case uint8 = 1, int32 = 2, float32 = 3, float64 = 4

        var size: Int {
            switch self {
            case .uint8: 1
            case .int32, .float32: 4
            case .float64: 8
            }
        }

        static func of<Element>(_: Element.Type) -> ElementType? {
            if Element.self == UInt8.self { return .uint8 }
            if Element.self == Int32.self { return .int32 }
            if Element.self == Float.self { return .float32 }
            if Element.self == Double.self { return .float64 }
            return nil
        }
    }

    /// A reader that does not know the section must refuse the file.
    static let requiredFlag: UInt32 = 1

    /// The document that the model was compiled from. Scoring never looks at it, so it is checked only when it is asked for.
    static let source = "source"

    /// The sections of this version that scoring needs. "floats" has never held anything.
    static let known: Set<String> = [
        "strings", "string.offsets", "string.slots", "numbers", "floats", "integers", "bytes", "registers", "constants",
        "schema", "program",
    ]
}
