import { DispatchError } from "../dispatch-error.js";
import type { Deletable, PlainText, Sealed, SealLibrary } from "./seal-library.js";

/**
 * Parameters for sums of whole numbers: 2048 slots; 72 bits carry sums up to 2^43 at a scale of 2^28, and a key prime that
 * SEAL asks for. 109 bits in all is the most for 128-bit security at this degree (HomomorphicEncryption.org standard, 2018).
 */
const DEGREE = 4096;
const PRIME_BITS = [36, 36, 37];
const SCALE = 268435456;

/** What adding needs, and no more: no relinearisation, no rotation keys. */
export interface Seal {
  /** Numbers in one ciphertext. */
  readonly slots: number;
  readonly publicKey: Uint8Array;
  encrypt(values: Float64Array): Sealed;
  /** total += sealed. */
  add(total: Sealed, sealed: Sealed): void;
  /** Only with the secret key, which the maker of the key pair keeps. */
  readonly decrypt?: (sealed: Sealed) => Float64Array;
  toBytes(sealed: Sealed): Uint8Array;
  fromBytes(bytes: Uint8Array): Sealed;
  close(): void;
}

const MODULE = "node-seal";

/** The library, or one sentence that says how to get it. */
async function loadLibrary(name: string): Promise<SealLibrary> {
  try {
    const { default: load } = (await import(name)) as { readonly default: () => Promise<SealLibrary> };
    return await load();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DispatchError(
      "LIBRARY_MISSING",
      `Encrypted sums need ${name}, which cannot be loaded (${why}): npm install ${name}@6.0.3.`,
    );
  }
}

/** Keeps what it is given until all is deleted, the latest first. */
class Estate {
  private readonly parts: Deletable[] = [];

  keep<T extends Deletable>(part: T): T {
    this.parts.unshift(part);
    return part;
  }

  delete(): void {
    for (const part of this.parts.splice(0)) part.delete();
  }
}

/**
 * Makes a key pair, or takes somebody's public key.
 * @throws DispatchError `LIBRARY_MISSING`
 */
export async function openSeal(publicKey?: Uint8Array, library = MODULE): Promise<Seal> {
  const seal = await loadLibrary(library);
  const estate = new Estate();
  const context = openContext(seal, estate);
  const plainBytes = seal.ComprModeType.none;
  const generator = publicKey === undefined ? estate.keep(seal.KeyGenerator(context)) : undefined;
  const key = estate.keep(generator?.createPublicKey() ?? seal.PublicKey());
  if (publicKey !== undefined) key.loadArray(context, publicKey);
  const encoder = estate.keep(seal.CKKSEncoder(context));
  const encryptor = estate.keep(seal.Encryptor(context, key));
  const evaluator = estate.keep(seal.Evaluator(context));
  const secretKey = generator === undefined ? undefined : estate.keep(generator.secretKey());
  const decryptor = secretKey === undefined ? undefined : estate.keep(seal.Decryptor(context, secretKey));
  return {
    slots: encoder.slotCount,
    publicKey: key.saveArray(plainBytes),
    encrypt: values => withPlain(encoder.encode(values, SCALE), plain => encryptor.encrypt(plain)),
    add: (total, sealed) => evaluator.add(total, sealed, total),
    decrypt: decryptor && (sealed => withPlain(decryptor.decrypt(sealed), plain => encoder.decode(plain))),
    toBytes: sealed => sealed.saveArray(plainBytes),
    fromBytes: bytes => {
      const sealed = seal.CipherText();
      sealed.loadArray(context, bytes);
      return sealed;
    },
    close: () => estate.delete(),
  };
}

function openContext(seal: SealLibrary, estate: Estate): Deletable {
  const parameters = estate.keep(seal.EncryptionParameters(seal.SchemeType.ckks));
  parameters.setPolyModulusDegree(DEGREE);
  parameters.setCoeffModulus(estate.keep(seal.CoeffModulus.Create(DEGREE, Int32Array.from(PRIME_BITS))));
  return estate.keep(seal.Context(parameters, true, seal.SecurityLevel.tc128));
}

function withPlain<T>(plain: PlainText, use: (plain: PlainText) => T): T {
  try {
    return use(plain);
  } finally {
    plain.delete();
  }
}
