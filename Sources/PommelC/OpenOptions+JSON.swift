#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Pommel

/// The options of a caller, a JSON object or NULL; pommel.h lists them.
func openOptions(_ text: UnsafePointer<CChar>?) throws(PommelError) -> OpenOptions {
    var options = OpenOptions()
    guard let text else { return options }
    guard case .object(let members)? = JSON([UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))) else {
        throw .argument("the options are not a JSON object")
    }
    for member in members {
        switch (member.name, member.value) {
        case (_, .null): continue
        case ("modelName", .string(let name)): options.modelName = name
        case ("objectName", .string(let name)): options.objectName = name
        case ("strict", .boolean(let flag)): options.isStrict = flag
        case ("map", .boolean(let flag)): options.isMapped = flag
        case ("limits", .object(let limits)):
            for limit in limits { try set(limit, of: &options.limits) }
        case ("modelName", _), ("objectName", _), ("strict", _), ("map", _), ("limits", _):
            throw .argument("the option \"\(member.name)\" has a value of another type")
        default: throw .argument("there is no option \"\(member.name)\"")
        }
    }
    return options
}

private func set(_ limit: JSON.Member, of limits: inout ModelLimits) throws(PommelError) {
    let known: [String: WritableKeyPath<ModelLimits, Int>] = [
        "depth": \.depth, "elements": \.elements, "names": \.names, "attributes": \.attributes, "attributeBytes": \.attributeBytes,
        "dtdBytes": \.dtdBytes, "textBytes": \.textBytes, "documentBytes": \.documentBytes, "expansion": \.expansion,
    ]
    guard let path = known[limit.name] else {
        throw .argument("there is no limit \"\(limit.name)\"; the limits are \(known.keys.sorted().joined(separator: ", "))")
    }
    guard case .number(let number) = limit.value, let count = Int(exactly: number), count > 0 else {
        throw .argument("the limit \"\(limit.name)\" is not a whole number above 0")
    }
    limits[keyPath: path] = count
}
