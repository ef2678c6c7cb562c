import ModelTree

/// The features of a booster, as fields.
struct BoosterFeatures {
    enum Feature {
        /// A number, in a field.
        case number(String)
        /// 1 where a field has a value.
        case indicator(String, value: String)
        /// Codes from 0 on, each of which stands for a text of the field.
        case categorical(String, [String])
        /// Codes without texts: the field holds the code itself.
        case codes(String)
    }
    let features: [Feature]

    /// A feature map that [r2pmml](https://github.com/jpmml/r2pmml) adds to a booster: a data frame of ids, names and types.
    struct Map {
        let names: [String]
        let types: [String]
        init(_ value: RValue) throws(RReadError) {
            names = try value.component("name").strings()
            types = try value.component("type").strings()
            guard names.count == types.count else { throw value.inconsistent("the columns of \(value.path) differ in length") }
        }

        /// The values of the indicators of a field, in their order.
        func values(of field: String) -> [String] {
            names.indices.filter { types[$0] == "i" && names[$0].hasPrefix(field + "=") }.map { String(names[$0].dropFirst(field.count + 1)) }
        }
    }

    /// - Parameters:
    ///   - used: features on which some tree splits, counted from 0.
    ///   - categorical: those that are split by sets of codes.
    init(
        names: [String], count: Int, map: Map?, used: Set<Int>, categorical: Set<Int>, isFloat: Bool, _ builder: DocumentBuilder
    ) {
        // The map describes the features one by one, or the columns that categories were made of.
        let isOwn = map.map { $0.names.count == count || names.count != count } ?? false
        var found: [Feature] = []
        let indicated = Dictionary(grouping: map?.names.indices.filter { map?.types[$0] == "i" } ?? []) { index in
            map?.names[index].split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
        }
        for index in 0..<count {
            let name = isOwn && index < map?.names.count ?? 0 ? map?.names[index] ?? "" : index < names.count ? names[index] : "f\(index)"
            guard used.contains(index) else {
                found.append(.number(name))
                continue
            }
            if categorical.contains(index) {
                let values = map?.values(of: name) ?? []
                if values.isEmpty { found.append(.codes(builder.fields.numberField(name))) } else {
                    builder.fields.declare(name, .factor(values, isOrdered: false))
                    found.append(.categorical(name, values))
                }
                continue
            }
            if isOwn, map?.types[index] == "i", let mark = name.firstIndex(of: "=") {
                let field = String(name[..<mark])
                let levels = (indicated[field] ?? []).compactMap { map?.names[$0].dropFirst(field.count + 1) }.map(String.init)
                if levels.allSatisfy({ ["true", "false", "TRUE", "FALSE"].contains($0) }) {
                    builder.fields.declare(field, .logical)
                    found.append(.indicator(field, value: name[name.index(after: mark)...].lowercased()))
                } else {
                    builder.fields.declare(field, .factor(levels, isOrdered: false))
                    found.append(.indicator(field, value: String(name[name.index(after: mark)...])))
                }
                continue
            }
            found.append(.number(isFloat ? builder.fields.floatField(name) : builder.fields.numberField(name)))
        }
        features = found
    }
}
