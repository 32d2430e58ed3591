import assert from "node:assert/strict";
import { createPublicKey, sign } from "node:crypto";
import { canonical } from "./canonical.js";
import { bidText, checkSignature, participantKeys, signText, statementText } from "./signing.js";

const bid = { bidder: "house 1", side: "buy", price: "-5", energy: "70", nonce: "9" } as const;

describe("signatures of participants", () => {
  it("are those of RFC 8032, test 2", () => {
    const publicKey = Buffer.from("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "hex");
    const signature = Buffer.from(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
      "hex",
    );
    const check = { publicKey: publicKey.toString("base64"), text: "r", signature: signature.toString("base64") };
    assert.equal(checkSignature(check), true);
    assert.equal(checkSignature({ ...check, text: "s" }), false);
  });

  it("are of keys that come from the seed and the name alone", () => {
    const keys = participantKeys("seed 1", "house 1");
    assert.equal(participantKeys("seed 1", "house 1").publicKey, keys.publicKey);
    assert.notEqual(participantKeys("seed 1", "house 2").publicKey, keys.publicKey);
    assert.notEqual(participantKeys("seed 2", "house 1").publicKey, keys.publicKey);
    assert.equal(createPublicKey(keys.privateKey).asymmetricKeyType, "ed25519");
  });

  it("hold for their text, key and one spelling only", () => {
    const { privateKey, publicKey } = participantKeys("seed 1", "house 1");
    const text = bidText("m", "3", bid);
    const signature = signText(text, privateKey);
    assert.equal(signText(text, privateKey), signature);
    assert.equal(checkSignature({ publicKey, text, signature }), true);
    const stranger = participantKeys("seed 1", "house 2").publicKey;
    for (const forged of [
      { publicKey: stranger, text, signature },
      { publicKey: "short", text, signature },
      { publicKey, text: bidText("m", "4", bid), signature },
      { publicKey, text, signature: `${signature} ` },
      { publicKey, text, signature: signature.replace(/[A-Za-z0-9+/]==$/, end => `${end === "A==" ? "B" : "A"}==`) },
      { publicKey, text, signature: signature.replace("==", "") },
      { publicKey, text, signature: "" },
      { publicKey, text, signature: sign(null, Buffer.from("x"), privateKey).toString("base64") },
    ])
      assert.equal(checkSignature(forged), false);
  });

  it("of one kind never serve as another, and a bid's text is canonical", () => {
    const text = bidText('a "market"', "3", bid);
    assert.equal(text, canonical({ ...bid, kind: "bid", market: 'a "market"', period: "3" }));
    assert.notEqual(statementText("dispute", { a: "1" }), statementText("rating", { a: "1" }));
    assert.equal(statementText("seal", { kind: "bid" }), '{"kind":"seal"}');
  });
});
