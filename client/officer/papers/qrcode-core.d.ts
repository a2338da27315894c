/** The part of the package that computes the dots; its types describe the whole only. */
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode';
}
