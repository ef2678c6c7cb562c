/// The codes of R's types and of the pseudo types of its serialisation. R Internals, section 1.8.
enum ItemType: UInt8 {
    case null = 0, symbol, pairlist, closure, environment, promise, language, special, builtin, characters, logical
    case integer = 13, double, complex, string, dots
    case list = 19, expression, byteCode, externalPointer, weakReference, raw, s4
    case alternative = 238, attributedList, attributedLanguage, baseEnvironment, emptyEnvironment
    case byteCodeReference, byteCodeDefinition
    case persistent = 247, package, namespace, baseNamespace, missingArgument, unbound, globalEnvironment, nilValue, reference
}

/// The word before each item.
struct ItemFlags {
    let word: UInt32
    var code: UInt8 { UInt8(truncatingIfNeeded: word) }
    var hasAttributes: Bool { word & 1 << 9 != 0 }
    var hasTag: Bool { word & 1 << 10 != 0 }
    /// What R calls "levels": the encoding of a CHARSXP, the S4 bit of others.
    var levels: UInt32 { word >> 12 }
    /// The index of a reference, when it is packed into the word.
    var packedIndex: Int { Int(word >> 8) }
}
