extension [String] {
    /// Where a list lies. One that is held is not changed in its place, so that this tells it from all others without a look at its texts.
    package var place: Place { Place(start: withUnsafeBufferPointer(\.baseAddress), count: count) }

    package struct Place: Equatable {
        let start: UnsafePointer<String>?
        package let count: Int
    }
}
