import Evaluation
import FuzzSupport
import PMMLReader
import TableCompiler

/// Reading a document, compiling it, and scoring rows; what is compiled must be taken by the verifier.
@_cdecl("LLVMFuzzerTestOneInput")
public func document(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = fuzzInput(start, count)
    var options = PMMLReader.Options()
    options.limits.documentBytes = 1 << 20
    guard let document = try? PMMLReader.read(bytes: bytes, options: options), let output = try? TableCompiler.compile(document) else {
        _ = PMMLReader.diagnose(bytes: bytes, options: options)
        return 0
    }
    do {
        let program = try Program(image: output.image)
        ProgramRun.scores(program)
    } catch {
        require(error.id == "file-size", "the verifier refuses what the compiler made: \(error)")
    }
    return 0
}

/// The package manager names an executable's `main` after its module.
@_cdecl("FuzzPMML_main")
public func start(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 { fuzz(count, arguments, document) }
