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
