/** What the hand and the ear get: tones by WebAudio, vibration where there is any. Frequencies in Hz, times in ms. */
const SIGNALS = {
  hit: { tones: [[1760, 70]], buzz: [40] },
  line: {
    tones: [
      [1320, 80],
      [1760, 90],
    ],
    buzz: [40, 60, 40],
  },
  task: {
    tones: [
      [1047, 90],
      [1319, 90],
      [1568, 160],
    ],
    buzz: [40, 60, 40, 60, 120],
  },
  duplicate: {
    tones: [
      [660, 90],
      [660, 90],
    ],
    buzz: [80, 60, 80],
  },
  wrong: {
    tones: [
      [220, 250],
      [220, 250],
    ],
    wave: "square",
    buzz: [400],
  },
  report: {
    tones: [
      [880, 80],
      [1175, 110],
    ],
    buzz: [60],
  },
  person: { tones: [[990, 90]], buzz: [30] },
  online: {
    tones: [
      [660, 70],
      [880, 90],
    ],
    soft: true,
  },
};
const GAP = 0.05;
let audio;

export function signal(name) {
  const { tones, wave = "sine", buzz, soft } = SIGNALS[name];
  if (buzz && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(buzz);
  if (audio?.state !== "running") return;
  let at = audio.currentTime;
  for (const [frequency, ms] of tones) {
    const tone = new OscillatorNode(audio, { type: wave, frequency });
    const volume = new GainNode(audio, { gain: soft ? 0.08 : 0.25 });
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + ms / 1000);
    at += ms / 1000 + GAP;
  }
}

/** Browsers let sound begin only in a gesture; a scanner's keys count as one. */
export function wakeSound() {
  const wake = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume();
  };
  addEventListener("pointerup", wake);
  addEventListener("keydown", wake);
}
