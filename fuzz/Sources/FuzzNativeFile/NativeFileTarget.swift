import Evaluation
import FuzzSupport

/// The verifier of native files, and the executor on what it lets through.
@_cdecl("LLVMFuzzerTestOneInput")
public func nativeFile(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let program = try? Program(bytes: Reseal.file(fuzzInput(start, count))) else { return 0 }
    let first = ProgramRun.scores(program)
    require(first == ProgramRun.scores(program), "the same program gave other scores")
    return 0
}

/// The package manager names an executable's `main` after its module.
@_cdecl("FuzzNativeFile_main")
public func start(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 { fuzz(count, arguments, nativeFile) }
