/** Guildhall's accent colour, as Discord wants it. */
export const ACCENT_COLOR = 0x5b6cff;
