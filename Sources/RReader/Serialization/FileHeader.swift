/// What a file says of itself before its first object.
struct FileHeader {
    var form: ScalarInput.Form
    /// Whether it was made by `save`: a list of named objects.
    var isWorkspace: Bool
    var version: Int
    var writer: String

    /// How the decompressed bytes of a saved object may begin.
    static func isSaved(_ head: some Collection<UInt8>) -> Bool {
        let head = Array(head.prefix(5))
        guard head.count >= 2 else { return false }
        if [UInt8(ascii: "X"), UInt8(ascii: "A"), UInt8(ascii: "B")].contains(head[0]), head[1] == 10 { return true }
        return head.starts(with: Array("RDX".utf8)) || head.starts(with: Array("RDA".utf8)) || head.starts(with: Array("RDB".utf8))
    }

    static func read(_ stream: ByteStream) throws(RReadError) -> (FileHeader, ScalarInput) {
        var mark = try stream.byte()
        var isWorkspace = false
        if mark == UInt8(ascii: "R") {
            let rest = try stream.bytes(4)
            guard rest[0] == UInt8(ascii: "D"), [UInt8(ascii: "X"), UInt8(ascii: "A"), UInt8(ascii: "B")].contains(rest[1]), rest[3] == 10 else {
                throw RReadError(.format, "the file does not begin as one of R's does", offset: 0)
            }
            guard rest[2] == UInt8(ascii: "2") || rest[2] == UInt8(ascii: "3") else {
                throw RReadError(.version, "a file of version \(Character(Unicode.Scalar(rest[2]))); 2 and 3 are supported", offset: 3)
            }
            isWorkspace = true
            mark = try stream.byte()
        }
        let form: ScalarInput.Form
        switch mark {
        case UInt8(ascii: "X"): form = .bigEndian
        case UInt8(ascii: "B"): form = .littleEndian
        case UInt8(ascii: "A"): form = .text
        case UInt8(ascii: "<"):
            throw RReadError(.format, "the file holds markup, not an object of R's; decompress it: PMML is read as it is or compressed with gzip", offset: stream.offset - 1)
        default: throw RReadError(.format, "the file does not begin as one of R's does", offset: stream.offset - 1)
        }
        guard try stream.byte() == 10 else { throw RReadError(.format, "the file does not begin as one of R's does", offset: stream.offset - 1) }
        let input = ScalarInput(stream, form)
        var version = try input.integer()
        if form == .littleEndian, version == 2 << 24 || version == 3 << 24 {
            // "B" is the byte order of the machine that wrote the file.
            input.form = .bigEndian
            version = version.byteSwapped
        }
        guard version == 2 || version == 3 else {
            throw RReadError(.version, "serialisation version \(version); 2 and 3 are supported", offset: stream.offset)
        }
        let writer = UInt32(bitPattern: try input.integer())
        _ = try input.integer()
        if version == 3 {
            let count = try input.integer()
            guard (0...64).contains(count) else { throw input.damaged("the name of the encoding has \(count) bytes") }
            // The encoding of texts that bear no mark: UTF-8, or else one in which they are not valid UTF-8.
            _ = try input.text(Int(count))
        }
        let header = FileHeader(
            form: input.form, isWorkspace: isWorkspace, version: Int(version), writer: "\(writer >> 16).\(writer >> 8 & 255).\(writer & 255)")
        return (header, input)
    }
}
