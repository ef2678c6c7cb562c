#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import CPommel

/// A column to hand on through Arrow's C interface: its type, and its memory, which goes with it.
struct ExportedColumn {
    var name: String
    var format: StaticString
    var length = 0
    var nullCount = 0
    /// Memory that the array will free; nil where a buffer is not needed.
    var buffers: [UnsafeMutableRawPointer?] = []
    var children: [ExportedColumn] = []

    /// Its type as Arrow's structure, to be released by whoever gets it.
    func schema(isNullable: Bool = true) -> ArrowSchema {
        var schema = ArrowSchema()
        schema.format = UnsafePointer(strdup(String(describing: format)))
        schema.name = UnsafePointer(strdup(name))
        schema.flags = isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0
        schema.n_children = Int64(children.count)
        if !children.isEmpty {
            let pointers = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(capacity: children.count)
            for (index, child) in children.enumerated() {
                let pointer = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
                pointer.initialize(to: child.schema())
                pointers[index] = pointer
            }
            schema.children = pointers
        }
        schema.release = { schema in
            guard let schema, schema.pointee.release != nil else { return }
            free(UnsafeMutableRawPointer(mutating: schema.pointee.format))
            free(UnsafeMutableRawPointer(mutating: schema.pointee.name))
            if let children = schema.pointee.children {
                for index in 0..<Int(schema.pointee.n_children) {
                    guard let child = children[index] else { continue }
                    child.pointee.release?(child)
                    child.deallocate()
                }
                children.deallocate()
            }
            schema.pointee.release = nil
        }
        return schema
    }

    /// Its cells as Arrow's structure, to be released by whoever gets it.
    func array() -> ArrowArray {
        var array = ArrowArray()
        array.length = Int64(length)
        array.null_count = Int64(nullCount)
        array.n_buffers = Int64(buffers.count)
        let pointers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(1, buffers.count))
        for (index, buffer) in buffers.enumerated() { (pointers + index).initialize(to: buffer.map { UnsafeRawPointer($0) }) }
        array.buffers = pointers
        array.n_children = Int64(children.count)
        if !children.isEmpty {
            let pointers = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(capacity: children.count)
            for (index, child) in children.enumerated() {
                let pointer = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
                pointer.initialize(to: child.array())
                pointers[index] = pointer
            }
            array.children = pointers
        }
        array.release = { array in
            guard let array, array.pointee.release != nil else { return }
            if let buffers = array.pointee.buffers {
                for index in 0..<Int(array.pointee.n_buffers) { UnsafeMutableRawPointer(mutating: buffers[index])?.deallocate() }
                buffers.deallocate()
            }
            if let children = array.pointee.children {
                for index in 0..<Int(array.pointee.n_children) {
                    guard let child = children[index] else { continue }
                    // A child that was moved away is its new owner's.
                    child.pointee.release?(child)
                    child.deallocate()
                }
                children.deallocate()
            }
            array.pointee.release = nil
        }
        return array
    }
}
