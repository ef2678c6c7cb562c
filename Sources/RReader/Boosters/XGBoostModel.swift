#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What is in an XGBoost model, whatever the form in which it was saved.
///
/// [The JSON schema](https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html) has the same parts.
struct XGBoostModel {
    struct Tree {
        var left: [Int32] = []
        var right: [Int32] = []
        var feature: [Int32] = []
        /// The threshold of a node that splits, the answer of a leaf.
        var value: [Double] = []
        var isDefaultLeft: [Bool] = []
        /// By node: codes of the categories that go to the right.
        var categories: [Int: Set<Int>] = [:]
    }
    enum Booster {
        /// The trees, and for each the output that it belongs to.
        case trees([Tree], groups: [Int], weights: [Double]?)
        /// Weights of all features for each output, by turns, and then the intercepts.
        case linear([Double])
    }
    var objective = ""
    /// What is added to the sum of the trees, for each output or for all alike.
    var margins: [Double] = []
    var outputs = 1
    var featureCount = 0
    var parallelTrees = 1
    var featureNames: [String] = []
    var featureTypes: [String] = []
    var booster = Booster.linear([])
    /// What was recorded about the training.
    var attributes: [String: String] = [:]

    /// A base score in the space of the answers as one in the space of sums.
    static func margin(_ base: Double, _ objective: String) -> Double {
        switch objective {
        case "reg:logistic", "binary:logistic", "binary:logitraw": Double(-logf(1 / Float(base) - 1))
        case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft": Double(logf(Float(base)))
        default: base
        }
    }
}
