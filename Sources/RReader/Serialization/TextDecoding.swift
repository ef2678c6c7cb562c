/// The texts of a file, each distinct one stored once.
struct TextTable {
    private var known: Set<String> = []
    /// The bits of a CHARSXP's levels.
    private static let bytes: UInt32 = 1 << 1
    private static let latin1: UInt32 = 1 << 2
    private static let utf8: UInt32 = 1 << 3

    mutating func text(_ bytes: [UInt8], levels: UInt32) -> String {
        let made = decode(bytes, levels)
        let (isNew, stored) = known.insert(made)
        return isNew ? made : stored
    }

    private func decode(_ bytes: [UInt8], _ levels: UInt32) -> String {
        if levels & TextTable.latin1 != 0 { return TextTable.latin1Text(bytes) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        if levels & TextTable.utf8 != 0 { return String(decoding: bytes, as: UTF8.self) }
        return levels & TextTable.bytes != 0 ? TextTable.escaped(bytes) : TextTable.latin1Text(bytes)
    }

    /// Latin-1 as R means it: with Windows' characters where the standard has controls.
    private static func latin1Text(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let code = (0x80...0x9F).contains(byte) ? windows[Int(byte) - 0x80] : UInt32(byte)
            text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return String(text)
    }

    /// Bytes of no encoding, as R prints them.
    private static func escaped(_ bytes: [UInt8]) -> String {
        bytes.reduce(into: "") { text, byte in
            if byte < 0x80 { text.unicodeScalars.append(Unicode.Scalar(byte)) } else { text += "\\x" + String(byte, radix: 16) }
        }
    }

    private static let windows: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
