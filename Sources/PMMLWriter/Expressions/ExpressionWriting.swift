// https://dmg.org/pmml/v4-4-1/Transformations.html#xsdGroup_EXPRESSION
import ModelTree

extension DocumentWriter {
    func write(_ expression: Expression) {
        let outer = out.place
        out.place = expression.location
        defer { out.place = outer }
        switch respelled(expression).kind {
        case .constant(let constant): write(constant)
        case .fieldRef(let reference): write(reference)
        case .normContinuous(let norm): write(norm)
        case .normDiscrete(let norm) where norm.method == .thermometer: writeThermometer(norm)
        case .normDiscrete(let norm):
            out.element("NormDiscrete") {
                out.attribute("field", norm.field)
                out.attribute("value", norm.value)
                out.attribute("mapMissingTo", number: norm.mapMissingTo)
            }
        case .discretize(let discretize): write(discretize)
        case .mapValues(let map): write(map)
        case .textIndex(let index): write(index)
        case .aggregate(let aggregate):
            out.element("Aggregate") {
                out.attribute("field", aggregate.field)
                out.attribute("function", aggregate.function.rawValue)
                out.attribute("groupField", aggregate.groupField)
                out.attribute("sqlWhere", aggregate.sqlWhere)
            }
        case .lag(let lag):
            out.element("Lag") {
                out.attribute("field", lag.field)
                if lag.n != 1 { out.attribute("n", integer: lag.n) }
                if lag.aggregate != .none { out.attribute("aggregate", lag.aggregate.rawValue) }
                for field in lag.blockIndicators { out.element("BlockIndicator") { out.attribute("field", field) } }
            }
        case .apply(let apply): write(apply)
        }
    }

    private func write(_ constant: Constant) {
        out.element("Constant") {
            write(plainDataType: constant.dataType)
            if constant.isMissing { out.attribute("missing", flag: true) }
            out.text(constant.value)
        }
    }

    /// `FieldRef`
    func write(_ reference: FieldRef) {
        out.element("FieldRef") {
            out.attribute("field", reference.field)
            out.attribute("mapMissingTo", reference.mapMissingTo)
        }
    }

    private func write(_ norm: NormContinuous) {
        out.element("NormContinuous") {
            out.attribute("field", norm.field)
            out.attribute("mapMissingTo", number: norm.mapMissingTo)
            if norm.outliers != .asIs { out.attribute("outliers", norm.outliers.rawValue) }
            for point in norm.points {
                out.element("LinearNorm") {
                    out.attribute("orig", number: point.orig)
                    out.attribute("norm", number: point.norm)
                }
            }
        }
    }

    private func write(_ discretize: Discretize) {
        out.element("Discretize") {
            out.attribute("field", discretize.field)
            out.attribute("mapMissingTo", discretize.mapMissingTo)
            out.attribute("defaultValue", discretize.defaultValue)
            write(plainDataType: discretize.dataType)
            for bin in discretize.bins {
                out.element("DiscretizeBin") {
                    out.attribute("binValue", bin.value)
                    write(bin.interval)
                }
            }
        }
    }

    private func write(_ map: MapValues) {
        let names = ColumnNames(map.table.columns)
        out.element("MapValues") {
            out.attribute("mapMissingTo", map.mapMissingTo)
            out.attribute("defaultValue", map.defaultValue)
            out.attribute("outputColumn", names[map.outputColumn])
            write(plainDataType: map.dataType)
            for pair in map.pairs {
                out.element("FieldColumnPair") {
                    out.attribute("field", pair.field)
                    out.attribute("column", names[pair.column])
                }
            }
            write(map.table, names)
        }
    }

    private func write(_ apply: Apply) {
        out.element("Apply") {
            out.attribute("function", apply.function)
            out.attribute("mapMissingTo", apply.mapMissingTo)
            out.attribute("defaultValue", apply.defaultValue)
            if apply.invalidValueTreatment != .returnInvalid { out.attribute("invalidValueTreatment", apply.invalidValueTreatment.rawValue) }
            for argument in apply.arguments { write(argument) }
        }
    }
}
