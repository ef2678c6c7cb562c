#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import DecimalText
import FuzzSupport

/// Numbers as text: the C library must read the same, and what is printed must read back as the same bits.
@_cdecl("LLVMFuzzerTestOneInput")
public func numbers(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = fuzzInput(start, count)
    bytes.withUnsafeBufferPointer { text in
        let double = NumberParsing.double(text)
        let float = NumberParsing.float(text)
        let integer = NumberParsing.integer(text)
        _ = NumberParsing.boolean(text)
        require((double == nil) == (float == nil), "one of double and float is no number")
        if let expected = reference(bytes) {
            require(double?.bitPattern == expected.double?.bitPattern, "double \(double as Any), the C library has \(expected.double as Any)")
            require(float?.bitPattern == expected.float?.bitPattern, "float \(float as Any), the C library has \(expected.float as Any)")
            require(integer == expected.integer, "integer \(integer as Any), the standard library has \(expected.integer as Any)")
        }
    }
    if bytes.count >= 8 {
        let bits = bytes[..<8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        printed(Double(bitPattern: bits))
        printedFloat(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    }
    return 0
}

private func printed(_ number: Double) {
    var out = ByteWriter()
    out.append(number: number)
    let again = NumberParsing.double(out.text())
    require(number.isNaN ? again?.isNaN == true : again?.bitPattern == number.bitPattern, "\(number) is printed as \(out.text())")
}

private func printedFloat(_ number: Float) {
    var out = ByteWriter()
    out.append(number: number)
    let again = Array(out.text().utf8).withUnsafeBufferPointer { NumberParsing.float($0) }
    require(number.isNaN ? again?.isNaN == true : again?.bitPattern == number.bitPattern, "\(number) is printed as \(out.text())")
}

/// What the C library reads in text that has nothing but decimal numbers' characters; nil for other text.
private func reference(_ bytes: [UInt8]) -> (double: Double?, float: Float?, integer: Int64?)? {
    guard bytes.allSatisfy({ $0 &- 48 <= 9 || [43, 45, 46, 69, 101].contains($0) }) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.withCString { start in
        var end: UnsafeMutablePointer<CChar>?
        let double = strtod(start, &end)
        guard !bytes.isEmpty, let end, end - UnsafeMutablePointer(mutating: start) == bytes.count else { return (nil, nil, nil) }
        return (double, strtof(start, nil), Int64(text))
    }
}

/// The package manager names an executable's `main` after its module.
@_cdecl("FuzzNumbers_main")
public func start(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 { fuzz(count, arguments, numbers) }
