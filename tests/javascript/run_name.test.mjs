import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../playground/ui/static/web/run_name.js";

test("a run is called by its data, its layers and how it steps, also where the link says nothing of them", () => {
  assert.equal(nameOf("?"), "Circle · 4, 2 Tanh · SGD 0.03");
  assert.equal(nameOf("?dataset=spiral&hidden=8,8&activation=relu&optimizer=adam&learning_rate=0.1"), "Spiral · 8, 8 ReLU · Adam 0.1");
});

test("layers of one width are counted where they are many, and each activation is named", () => {
  assert.match(nameOf("?hidden=8,8,8,8,8"), / 5 × 8 Tanh /);
  assert.match(nameOf("?hidden=8,8,8,4&activation=relu,tanh,relu,elu"), / 8, 8, 8, 4 ReLU, Tanh, ReLU, ELU /);
  assert.match(nameOf("?hidden=none"), / no hidden layer /);
});

test("whatever else the link says is part of the name, a rate that changes on the way too", () => {
  const link = "?noise=0.2&batch_size=32&l2=0.01&learning_rate_from_200=0.3&l1_from_9=0.1";
  assert.equal(nameOf(link), "Circle · 4, 2 Tanh · SGD 0.03 · noise 0.2 · batch size 32 · L2 0.01 · rate 0.3 from 200 · L1 0.1 from 9");
});

test("words that no table knows stay as they are", () => {
  assert.equal(nameOf("?dataset=constructor&activation=toString&optimizer=<b>&hidden=x"), "constructor · x toString · <b> 0.03");
});
