import Evaluation
import FuzzSupport
import RReader
import TableCompiler

/// R's serialisation in all its forms, the models in it, and their scores.
@_cdecl("LLVMFuzzerTestOneInput")
public func savedByR(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = fuzzInput(start, count)
    var limits = RLimits()
    limits.bytes = 1 << 22
    _ = RReader.recognizes(Array(bytes.prefix(512)))
    guard let file = try? RReader.objects(bytes: bytes, limits: limits), let document = try? RReader.document(file, name: "fuzz"),
        let output = try? TableCompiler.compile(document)
    else { return 0 }
    do {
        let program = try Program(image: output.image)
        ProgramRun.scores(program)
    } catch {
        require(error.id == "file-size", "the verifier refuses what the compiler made: \(error)")
    }
    return 0
}

/// The package manager names an executable's `main` after its module.
@_cdecl("FuzzSavedByR_main")
public func start(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 { fuzz(count, arguments, savedByR) }
