/** Something in the library's own memory, which no garbage collector frees. */
export interface Deletable {
  delete(): void;
}

export type PlainText = Deletable;

/** Something that can travel. */
interface Portable extends Deletable {
  saveArray(compression: unknown): Uint8Array;
  loadArray(context: Deletable, bytes: Uint8Array): void;
}

/** A ciphertext. */
export type Sealed = Portable;

interface EncryptionParameters extends Deletable {
  setPolyModulusDegree(degree: number): void;
  setCoeffModulus(primes: Deletable): void;
}

interface KeyGenerator extends Deletable {
  createPublicKey(): Portable;
  secretKey(): Deletable;
}

interface CkksEncoder extends Deletable {
  readonly slotCount: number;
  encode(values: Float64Array, scale: number): PlainText;
  decode(plain: PlainText): Float64Array;
}

/** The part of Microsoft SEAL (`node-seal` 6) that sums of ciphertexts need. */
export interface SealLibrary {
  readonly SchemeType: { readonly ckks: unknown };
  readonly SecurityLevel: { readonly tc128: unknown };
  readonly ComprModeType: { readonly none: unknown };
  readonly CoeffModulus: { Create(degree: number, bits: Int32Array): Deletable };
  EncryptionParameters(scheme: unknown): EncryptionParameters;
  Context(parameters: EncryptionParameters, expandsChain: boolean, level: unknown): Deletable;
  KeyGenerator(context: Deletable): KeyGenerator;
  CKKSEncoder(context: Deletable): CkksEncoder;
  Encryptor(context: Deletable, publicKey: Deletable): Deletable & { encrypt(plain: PlainText): Sealed };
  Decryptor(context: Deletable, secretKey: Deletable): Deletable & { decrypt(sealed: Sealed): PlainText };
  Evaluator(context: Deletable): Deletable & { add(a: Sealed, b: Sealed, sum: Sealed): void };
  PublicKey(): Portable;
  CipherText(): Sealed;
}
