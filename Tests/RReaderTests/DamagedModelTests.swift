import ModelTree
import Testing

@testable import RReader

/// Objects whose components are not what their class has: each is refused with an error of its own, or read, and nothing else happens.
@Suite struct DamagedModelTests {
    /// One model for each reader.
    @Test(arguments: [
        "polr-probit", "lda-factors", "qda-formula", "kmeans", "pam", "prcomp-scaled", "princomp", "plsr", "pcr-scaled", "earth-degree-2",
        "earth-classes-binomial", "rms-ols", "rms-ols-restricted", "rms-lrm-ordinal", "rms-orm-loglog", "hurdle-negbin", "zeroinfl-probit", "nls",
        "nls-parameters-by-level", "rqs", "Mclust", "elm-sig", "apollo-nl", "knn3",
        "knnreg", "nn-classes", "nn-two-numbers", "earth-matrix-factors",
    ])
    func components(_ name: String) throws {
        let file = try RReader.objects(path: packageFolder + "/fixtures/r-cases/\(name)/model.rds")
        let object = file.objects[0].value
        for variant in variants(of: object, depth: 0) {
            var damaged = file
            damaged.objects[0].value = variant()
            do throws(RReadError) {
                _ = try RReader.document(damaged, name: "damaged")
            } catch {
                #expect(RErrorID.allCases.contains(error.kind))
            }
        }
    }

    /// Ways to make the object another one, each with one change in it.
    private func variants(of object: RObject, depth: Int) -> [() -> RObject] {
        var made: [() -> RObject] = leaves(object).map { kind in { RObject(kind, attributes: object.attributes) } }
        if depth > 5 { return made }
        for (index, attribute) in object.attributes.enumerated() where attribute.name != "class" || depth > 0 {
            for variant in variants(of: attribute.value, depth: depth + 1) {
                made.append {
                    var attributes = object.attributes
                    attributes[index].value = variant()
                    return RObject(object.kind, attributes: attributes)
                }
            }
            made.append {
                var attributes = object.attributes
                attributes.remove(at: index)
                return RObject(object.kind, attributes: attributes)
            }
        }
        switch object.kind {
        case .list(let values):
            for index in values.indices {
                for variant in variants(of: values[index], depth: depth + 1) {
                    made.append {
                        var changed = values
                        changed[index] = variant()
                        return RObject(.list(changed), attributes: object.attributes)
                    }
                }
            }
        case .language(let cells):
            for index in cells.indices {
                for variant in variants(of: cells[index].value, depth: depth + 1) {
                    made.append {
                        var changed = cells
                        changed[index].value = variant()
                        return RObject(.language(changed), attributes: object.attributes)
                    }
                }
            }
        case .closure(let formals, let body, let environment):
            for variant in variants(of: body, depth: depth + 1) {
                made.append { RObject(.closure(formals: formals, body: variant(), environment: environment), attributes: object.attributes) }
            }
        default: break
        }
        return made
    }

    /// Other contents in place of an object's.
    private func leaves(_ object: RObject) -> [RObject.Kind] {
        switch object.kind {
        case .double(let values):
            return [.null, .double([]), .double(Array(values.dropLast())), .double(values + [1]), .double(values.map { _ in .nan }), .double(values.map { _ in -1e300 }), .string(["a"])]
        case .integer(let values), .logical(let values):
            return [
                .null, .integer([]), .integer(Array(values.dropLast())), .integer(values + [1]), .integer(values.map { _ in -1 }), .integer(values.map { _ in .max }),
                .integer(values.map { _ in .min }), .integer(values.map { _ in 0 }),
            ]
        case .string(let values): return [.null, .string([]), .string(Array(values.dropLast())), .string(values + ["a"]), .string(values.map { _ in nil }), .string(values.map { _ in "x" }), .double([0])]
        case .list(let values): return [.null, .list([]), .list(Array(values.dropLast())), .list(values + [.null]), .string(["a"])]
        case .language(let cells): return [.null, .language([]), .language(Array(cells.dropLast())), .symbol("x")]
        case .symbol: return [.null, .double([1]), .symbol("another"), .string(["a"])]
        default: return [.null]
        }
    }
}
