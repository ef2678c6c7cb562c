import FuzzSupport
import Tabular

private let run = TableRun()

/// JSON Lines.
@_cdecl("LLVMFuzzerTestOneInput")
public func jsonLines(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    run.check(fuzzInput(start, count), .jsonLines)
    return 0
}
