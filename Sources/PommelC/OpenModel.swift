#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import CPommel
import Evaluation
import Pommel

@_cdecl("pommel_abi_version")
public func pommelABIVersion() -> UInt32 { UInt32(POMMEL_ABI_VERSION) }

@_cdecl("pommel_open")
public func pommelOpen(
    _ path: UnsafePointer<CChar>?, _ options: UnsafePointer<CChar>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    storing(error) { () throws(PommelError) in
        guard let path else { throw .argument("there is no path") }
        return try handle(try Model(path: String(cString: path), try openOptions(options)))
    }
}

@_cdecl("pommel_open_bytes")
public func pommelOpenBytes(
    _ bytes: UnsafeRawPointer?, _ count: Int, _ name: UnsafePointer<CChar>?, _ options: UnsafePointer<CChar>?,
    _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    storing(error) { () throws(PommelError) in
        guard let bytes, count >= 0 else { throw .argument("there are no bytes") }
        let content = [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
        return try handle(try Model(bytes: content, name: name.map { String(cString: $0) } ?? "memory", try openOptions(options)))
    }
}

@_cdecl("pommel_select")
public func pommelSelect(
    _ model: OpaquePointer?, _ names: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
    storing(error) { () throws(PommelError) in
        guard let model = Handle.get(model, as: ModelHandle.self) else { throw .argument("there is no model") }
        guard let names else { return try handle(model.model) }
        var chosen: [String] = []
        for index in 0..<max(0, count) {
            guard let name = names[index] else { throw .argument("name \(index) is NULL") }
            chosen.append(String(cString: name))
        }
        return Handle.make(ModelHandle(model.model, try model.model.plan(fields: chosen)))
    }
}

@_cdecl("pommel_close")
public func pommelClose(_ model: OpaquePointer?) { Handle.free(model, as: ModelHandle.self) }

@_cdecl("pommel_schema")
public func pommelSchema(_ model: OpaquePointer?) -> UnsafeMutablePointer<CChar>? {
    guard let model = Handle.get(model, as: ModelHandle.self) else { return nil }
    return strdup(model.model.description(outputs: model.plan.results).printed())
}

@_cdecl("pommel_native_bytes")
public func pommelNativeBytes(_ model: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?) -> UnsafeRawPointer? {
    guard let model = Handle.get(model, as: ModelHandle.self) else { return nil }
    // The memory is the program's, which lives as long as the handle.
    let bytes = model.model.program.bytes
    count?.pointee = bytes.count
    return bytes.baseAddress
}

/// A handle that gives the target and every output.
private func handle(_ model: Model) throws(PommelError) -> OpaquePointer { Handle.make(ModelHandle(model, try model.plan())) }

/// Runs what may fail for a caller who gets a pointer, NULL if it did.
func storing<Result>(
    _ error: UnsafeMutablePointer<OpaquePointer?>?, _ body: () throws(PommelError) -> Result?
) -> Result? {
    do throws(PommelError) {
        return try body()
    } catch let found {
        ErrorHandle.store(found, in: error)
        return nil
    }
}
