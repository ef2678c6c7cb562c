/// Whether bytes are well-formed UTF-8 (no overlong forms, no surrogates).
package func isValidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    let count = bytes.count
    while index < count {
        let lead = bytes[index]
        if lead < 0x80 {
            index &+= 1
            continue
        }
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xbf
        switch lead {
        case 0xc2...0xdf: length = 1
        case 0xe0: (length, low) = (2, 0xa0)
        case 0xed: (length, high) = (2, 0x9f)
        case 0xe1...0xec, 0xee...0xef: length = 2
        case 0xf0: (length, low) = (3, 0x90)
        case 0xf4: (length, high) = (3, 0x8f)
        case 0xf1...0xf3: length = 3
        default: return false
        }
        guard index &+ length < count else { return false }
        if bytes[index &+ 1] < low || bytes[index &+ 1] > high { return false }
        for next in 1..<length where bytes[index &+ 1 &+ next] & 0xc0 != 0x80 { return false }
        index &+= length &+ 1
    }
    return true
}
