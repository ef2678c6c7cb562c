/// The constant data of a program: one pool for each element type, addressed by operands as (offset, count).
struct Pools {
    let numbers: Slab<Double>
    let integers: Slab<Int32>
    let bytes: Slab<UInt8>
    let strings: StringTable
}
