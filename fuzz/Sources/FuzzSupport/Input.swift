/// The bytes that libFuzzer gives, as an array.
public func fuzzInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

/// Ends the process where two answers that must agree do not: what the fuzzer takes for a crash.
public func require(_ agrees: Bool, _ what: @autoclosure () -> String) {
    if agrees { return }
    print("DISAGREEMENT: " + what())
    fatalError(what())
}
