/// A run of fixed-size elements inside a program's image, read where it lies.
///
/// The image outlives every slab: a kernel is owned by the program that owns the image.
public struct Slab<Element: BitwiseCopyable>: @unchecked Sendable {
    public let base: UnsafePointer<Element>
    public let count: Int

    init(base: UnsafePointer<Element>, count: Int) {
        self.base = base
        self.count = count
    }

    @inline(__always)
    public subscript(_ index: Int) -> Element { base[index] }

    public var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
