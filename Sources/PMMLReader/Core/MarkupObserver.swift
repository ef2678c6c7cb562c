import ModelTree

/// Hears what becomes of each element and attribute of a document.
///
/// From it the project's own table of what is supported is made. A document is read the same way with and without one.
package protocol MarkupObserver: AnyObject {
    /// An element begins; what it holds comes before the matching ``elementEnds()``.
    func elementBegins(_ name: String, _ fate: MarkupFate)
    /// An attribute of the element that began last.
    func attribute(_ name: String, _ value: String, _ fate: MarkupFate)
    func elementEnds()
    /// Before anything else.
    ///
    /// - Parameter place: where the element stands that began last.
    func readingBegins(_ place: @escaping () -> SourceLocation)
}

extension MarkupObserver {
    package func readingBegins(_ place: @escaping () -> SourceLocation) {}
}

/// What the reader does with an element or attribute.
package enum MarkupFate: Hashable, Sendable {
    /// It is part of what the model means.
    case used
    /// It is known, or stands inside what is known, and cannot change a score.
    case ignored
    /// It is vendors' markup or nothing that PMML knows; it is noted or remarked on.
    case unknown
}
