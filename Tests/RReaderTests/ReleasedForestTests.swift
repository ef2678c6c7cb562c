import ModelTree
import Testing

@testable import RReader

/// A forest of R is folded into arrays that all of its trees share, and is given up once whoever compiles it has taken them.
@Suite struct ReleasedForestTests {
    private func trees(of model: Model) -> [TreeModel] {
        switch model.kind {
        case .tree(let tree): [tree]
        case .mining(let mining): mining.segments.flatMap { trees(of: $0.model) }
        default: []
        }
    }

    @Test(arguments: ["randomForest-missing", "randomForest-bias"])
    func hasNoTrees(_ name: String) throws {
        let file = try RReader.objects(path: packageFolder + "/fixtures/r-cases/\(name)/model.rds")
        let document = try RReader.document(file, name: name)
        let trees = document.models.flatMap(trees(of:))
        let source = try #require(trees.first?.plainSource)
        #expect(source.withPlainTree { $0.count } ?? 0 > 1 && source.nodes().nodes.count > 1)
        source.release()
        for tree in trees { #expect(tree.plainSource?.withPlainTree { $0.count } == nil && tree.plainSource?.nodes().nodes.isEmpty == true) }
    }
}
