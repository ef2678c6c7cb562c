import Foundation
import ModelTree
import Testing

@testable import RReader

/// Models of which any number has become another are read or refused, and nothing else happens.
@Suite struct ChangedModelTests {
    /// An object with one of its vectors' elements changed, or one of its lists' elements taken away.
    private struct Change {
        /// How many elements come before the one that changes.
        var place: Int
        var kind: Int

        mutating func applied(to object: RObject) -> RObject {
            let kind = kind
            var attributes: [RObject.Argument] = []
            for attribute in object.attributes { attributes.append(.init(attribute.name, applied(to: attribute.value))) }
            switch object.kind {
            case .integer(var values):
                change(&values) { [Int32.max, Int32.min, -1, $0 &+ 1, 0][kind % 5] }
                return RObject(.integer(values), attributes: attributes)
            case .logical(var values):
                change(&values) { [Int32.min, 1 &- $0][kind % 2] }
                return RObject(.logical(values), attributes: attributes)
            case .double(var values):
                change(&values) { [Double.nan, .infinity, 1e300, -1, $0 + 1][kind % 5] }
                return RObject(.double(values), attributes: attributes)
            case .raw(var values):
                change(&values) { [$0 ^ 0xFF, $0 ^ 1, $0 ^ 0x80][kind % 3] }
                return RObject(.raw(values), attributes: attributes)
            case .string(var values):
                change(&values) { [nil, "", ($0 ?? "") + "x"][kind % 3] }
                return RObject(.string(values), attributes: attributes)
            case .list(let values):
                var made: [RObject] = []
                for value in values {
                    place -= 1
                    made.append(place == -1 ? [.null, RObject(.double([1])), RObject(.string(["x"]))][kind % 3] : applied(to: value))
                }
                return RObject(.list(made), attributes: attributes)
            case .language(let cells):
                var made: [RObject.Argument] = []
                for cell in cells { made.append(.init(cell.name, applied(to: cell.value))) }
                return RObject(.language(made), attributes: attributes)
            default: return RObject(object.kind, attributes: attributes)
            }
        }

        private mutating func change<Value>(_ values: inout [Value], _ make: (Value) -> Value) {
            if place >= 0, place < values.count { values[place] = make(values[place]) }
            place -= values.count
        }
    }

    private static let density = Int(ProcessInfo.processInfo.environment["POMMEL_CHANGES"] ?? "") ?? 40

    @Test(arguments: [
        "party-ctree-class", "party-ctree-survival", "party-cforest-numbers", "partykit-ctree-surrogates", "partykit-ctree-multiway", "partykit-cforest-class",
        "partykit-intervals", "ipred-bagging-class", "adabag-boosting", "ada-discrete", "caret-pca", "caret-ica", "caret-box-cox", "caret-range-median",
        "caret-train-rpart", "caret-train-recipe-columns", "caret-train-gbm", "caret-train-ranger-columns", "mlr-rpart", "mlr-gbm", "mlr-svm", "caret-train-svm-class",
        "xgboost-squared-error-json", "xgboost-logistic-ubjson", "xgboost-softprob-binary", "xgboost-dart", "xgboost-linear", "lightgbm-categorical",
        "lightgbm-binary-zero", "lightgbm-text", "xgboost-categories", "iforest", "caret-ensemble", "party-ctree-surrogates",
    ])
    func changed(_ name: String) throws {
        let whole = try RReader.objects(bytes: try bytes(packageFolder + "/fixtures/r-cases/\(name)/model.rds"))
        _ = try RReader.document(whole, name: name)
        var size = 1_000_000_000
        var counter = Change(place: size, kind: 0)
        for object in whole.objects { _ = counter.applied(to: object.value) }
        size -= counter.place
        for at in stride(from: 0, to: size, by: max(1, size / ChangedModelTests.density)) {
            for kind in 0..<3 {
                var file = whole
                var change = Change(place: at, kind: kind &+ at)
                file.objects = []
                for object in whole.objects { file.objects.append(.init(object.name, change.applied(to: object.value))) }
                do throws(RReadError) {
                    let document = try RReader.document(file, name: "changed")
                    #expect(!document.models.isEmpty)
                } catch {
                    #expect(RErrorID.allCases.contains(error.kind))
                }
            }
        }
    }

    /// A forest's trees go to tables without a document between: what no table may hold is refused before. Fuzzing found a NaN among the thresholds.
    @Test func forestThatSplitsAtNoNumber() throws {
        let file = try RReader.objects(path: packageFolder + "/fixtures/r-cases/randomForest-regression/model.rds")
        func changed(_ object: RObject, in name: String?) -> RObject {
            switch object.kind {
            case .double(let values) where name == "xbestsplit":
                return RObject(.double(values.map { $0 == 0 ? 0 : .nan }), attributes: object.attributes)
            case .list(let values):
                var names: [String?] = []
                for attribute in object.attributes where attribute.name == "names" {
                    if case .string(let texts) = attribute.value.kind { names = texts }
                }
                return RObject(.list(values.indices.map { changed(values[$0], in: names.indices.contains($0) ? names[$0] : nil) }), attributes: object.attributes)
            default: return object
            }
        }
        var other = file
        other.objects[0].value = changed(file.objects[0].value, in: nil)
        _ = try RReader.document(file, name: "whole")
        let error = #expect(throws: RReadError.self) { try RReader.document(other, name: "changed") }
        #expect(error?.kind == .inconsistent)
    }
}
