import FuzzSupport
import Tabular

private let run = TableRun()

/// Delimited text, with a comma, and with a tab where the first byte is one.
@_cdecl("LLVMFuzzerTestOneInput")
public func delimited(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = fuzzInput(start, count)
    run.check(bytes, bytes.first == 9 ? .tsv : .csv)
    return 0
}

/// The package manager names an executable's `main` after its module.
@_cdecl("FuzzDelimited_main")
public func start(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 { fuzz(count, arguments, delimited) }
