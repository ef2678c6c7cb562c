/// From libxml2's interned names to the handler's numbers.
///
/// Within one parse the same name is the same pointer, so this is a hash of pointers: open addressing, never over half full.
struct NameCodes: ~Copyable {
    private var keys: UnsafeMutablePointer<UInt>
    private var codes: UnsafeMutablePointer<Int32>
    private var mask: Int
    private var used = 0

    init() {
        mask = 1023
        keys = .allocate(capacity: mask + 1)
        codes = .allocate(capacity: mask + 1)
        keys.initialize(repeating: 0, count: mask + 1)
        codes.initialize(repeating: 0, count: mask + 1)
    }

    deinit {
        keys.deallocate()
        codes.deallocate()
    }

    @inline(__always)
    private static func hash(_ key: UInt) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }

    @inline(__always)
    func find(_ pointer: UnsafePointer<UInt8>) -> Int32? {
        let key = UInt(bitPattern: pointer)
        var slot = Self.hash(key) & mask
        while keys[slot] != key {
            if keys[slot] == 0 { return nil }
            slot = (slot &+ 1) & mask
        }
        return codes[slot]
    }

    mutating func insert(_ pointer: UnsafePointer<UInt8>, _ code: Int32) {
        if used &* 2 > mask { grow() }
        place(UInt(bitPattern: pointer), code)
        used &+= 1
    }

    private mutating func place(_ key: UInt, _ code: Int32) {
        var slot = Self.hash(key) & mask
        while keys[slot] != 0 { slot = (slot &+ 1) & mask }
        keys[slot] = key
        codes[slot] = code
    }

    private mutating func grow() {
        let (oldKeys, oldCodes, oldCount) = (keys, codes, mask + 1)
        mask = oldCount * 2 - 1
        keys = .allocate(capacity: mask + 1)
        codes = .allocate(capacity: mask + 1)
        keys.initialize(repeating: 0, count: mask + 1)
        codes.initialize(repeating: 0, count: mask + 1)
        for slot in 0..<oldCount where oldKeys[slot] != 0 { place(oldKeys[slot], oldCodes[slot]) }
        oldKeys.deallocate()
        oldCodes.deallocate()
    }
}
