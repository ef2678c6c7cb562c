#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import PMMLWriter
import Pommel

@_cdecl("pommel_convert")
public func pommelConvert(
    _ source: UnsafePointer<CChar>?, _ path: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ options: UnsafePointer<CChar>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
    let done: Bool? = storing(error) { () throws(PommelError) in
        guard let source, let path else { throw .argument("there is no path") }
        let options = try openOptions(options)
        let target = String(cString: path)
        guard let version = try pmmlVersion(version, target) else {
            try writeNative(String(cString: source), target, options)
            return true
        }
        let document = try ModelDocument(path: String(cString: source), options)
        if let first = try document.writePMML(to: target, version: version).first { throw first }
        return true
    }
    return done == nil ? -1 : 0
}

@_cdecl("pommel_validate")
public func pommelValidate(
    _ path: UnsafePointer<CChar>?, _ options: UnsafePointer<CChar>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
    storing(error) { () throws(PommelError) in
        guard let path else { throw .argument("there is no path") }
        let name = String(cString: path)
        return strdup(Diagnosis.of(path: name, try openOptions(options)).description(of: name).printed())
    }
}

/// The version to write; nil for a native file.
private func pmmlVersion(_ text: UnsafePointer<CChar>?, _ path: String) throws(PommelError) -> PMMLVersion? {
    if let text {
        guard let version = PMMLVersion(rawValue: String(cString: text)) else {
            throw .argument("there is no version \"\(String(cString: text))\" of PMML that can be written")
        }
        return version
    }
    let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    return name.hasSuffix(".pmml") || name.hasSuffix(".xml") ? .v4_4_1 : nil
}

private func writeNative(_ source: String, _ path: String, _ options: OpenOptions) throws(PommelError) {
    let document: ModelDocument
    do throws(PommelError) {
        document = try ModelDocument(path: source, options)
    } catch where error.id == "no-document" {
        // Its tables are all there is; they are copied.
        return try Model(path: source, options).save(to: path)
    }
    _ = try document.save(try document.model(named: options.modelName), named: options.modelName, to: path)
}
