#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Pommel

/// An error as C sees it: texts that stay where they are until it is freed.
final class ErrorHandle {
    let error: PommelError
    /// The row of a table, from 0.
    let row: Int?
    private var texts: [UnsafeMutablePointer<CChar>?]

    enum Text: Int, CaseIterable {
        case code, message, description, file, path, section, field, value
    }

    init(_ error: PommelError, row: Int? = nil) {
        self.error = error
        self.row = row
        let place = error.place
        let rowText = row.map { "row \($0): " } ?? ""
        let values: [String?] = [
            error.id, error.message, rowText + error.description, place.file, place.path, place.section, place.field, place.value,
        ]
        texts = values.map { $0.flatMap { strdup($0) } }
    }

    deinit { for text in texts { free(text) } }

    func text(_ kind: Text) -> UnsafePointer<CChar>? { texts[kind.rawValue].map { UnsafePointer($0) } }

    /// Stores an error for the caller, if he asked for it.
    static func store(_ error: PommelError, row: Int? = nil, in target: UnsafeMutablePointer<OpaquePointer?>?) {
        guard let target else { return }
        target.pointee = Handle.make(ErrorHandle(error, row: row))
    }
}

extension PommelError {
    /// An error of the caller's own.
    static func argument(_ message: String, field: String? = nil) -> PommelError {
        PommelError(id: "argument", message: message, place: .init(file: "call", field: field))
    }
}

@_cdecl("pommel_error_code")
public func pommelErrorCode(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .code) }

@_cdecl("pommel_error_message")
public func pommelErrorMessage(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .message) }

@_cdecl("pommel_error_text")
public func pommelErrorText(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .description) }

@_cdecl("pommel_error_file")
public func pommelErrorFile(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .file) }

@_cdecl("pommel_error_path")
public func pommelErrorPath(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .path) }

@_cdecl("pommel_error_section")
public func pommelErrorSection(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .section) }

@_cdecl("pommel_error_field")
public func pommelErrorField(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .field) }

@_cdecl("pommel_error_value")
public func pommelErrorValue(_ error: OpaquePointer?) -> UnsafePointer<CChar>? { errorText(error, .value) }

@_cdecl("pommel_error_line")
public func pommelErrorLine(_ error: OpaquePointer?) -> Int64 { errorNumber(error) { $0.error.place.line } }

@_cdecl("pommel_error_column")
public func pommelErrorColumn(_ error: OpaquePointer?) -> Int64 { errorNumber(error) { $0.error.place.column } }

@_cdecl("pommel_error_offset")
public func pommelErrorOffset(_ error: OpaquePointer?) -> Int64 { errorNumber(error) { $0.error.place.offset } }

@_cdecl("pommel_error_row")
public func pommelErrorRow(_ error: OpaquePointer?) -> Int64 { errorNumber(error) { $0.row } }

@_cdecl("pommel_error_free")
public func pommelErrorFree(_ error: OpaquePointer?) { Handle.free(error, as: ErrorHandle.self) }

@_cdecl("pommel_free")
public func pommelFree(_ memory: UnsafeMutableRawPointer?) { free(memory) }

private func errorText(_ error: OpaquePointer?, _ kind: ErrorHandle.Text) -> UnsafePointer<CChar>? {
    Handle.get(error, as: ErrorHandle.self)?.text(kind)
}

private func errorNumber(_ error: OpaquePointer?, _ value: (ErrorHandle) -> Int?) -> Int64 {
    Handle.get(error, as: ErrorHandle.self).flatMap(value).map(Int64.init) ?? -1
}
