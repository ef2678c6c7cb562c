import FuzzSupport
import Tabular

private let run = TableRun()

/// JSON Lines.
@_cdecl("LLVMFuzzerTestOneInput")
public func jsonLines(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    run.check(fuzzInput(start, count), .jsonLines)
    return 0
}

/// The package manager names an executable's `main` after its module.
@_cdecl("FuzzJSONLines_main")
public func start(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 { fuzz(count, arguments, jsonLines) }
