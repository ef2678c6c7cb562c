import Testing

@testable import RReader

/// The orthogonal matrix of a decomposition, as LINPACK's dqrdc makes it: https://www.netlib.org/linpack/dqrdc.f
@Suite struct OrthogonalTests {
    /// The column (3, 4) is reflected onto the first axis: Qᵀ(3, 4) = (−5, 0).
    @Test func reflection() {
        let product = HouseholderQR([[3], [4]], columns: 1).transposedProduct([3, 4])
        #expect((product[0] + 5).magnitude < 1e-14 && product[1].magnitude < 1e-14)
    }

    /// A column of zeros needs no reflection, and the next one is reflected as if it were not there.
    @Test func zeros() {
        let product = HouseholderQR([[0, 1], [0, 3], [0, 4]], columns: 2).transposedProduct([1, 3, 4])
        #expect(product[0] == 1 && (product[1] + 5).magnitude < 1e-14 && product[2].magnitude < 1e-14)
    }
}
