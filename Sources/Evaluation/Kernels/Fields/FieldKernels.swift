/// Operations on fields as they come in and results as they go out.
enum FieldKernels {
    static let entries: [KernelEntry] = [
        KernelEntry(NumberFieldKernel.self), KernelEntry(TextFieldKernel.self), KernelEntry(ItemFieldKernel.self), KernelEntry(RequireKernel.self),
        KernelEntry(MaskKernel.self), KernelEntry(CoalesceKernel.self), KernelEntry(PresentKernel.self),
        KernelEntry(BothKernel.self), KernelEntry(NotTrueKernel.self), KernelEntry(SameKernel.self), KernelEntry(TextPositionKernel.self),
        KernelEntry(NumberPositionKernel.self), KernelEntry(TargetScaleKernel.self),
    ]
}
