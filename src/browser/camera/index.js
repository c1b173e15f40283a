// Reads QR codes in the picture of the camera. Loaded on first use, see lazy.rs.

/** How often the picture is looked at, in ms. */
const PAUSE = 250;

/** What went wrong, as one of three words. */
function fault(error) {
  if (error?.name === "NotAllowedError" || error?.name === "SecurityError") return "refused";
  if (error?.name === "NotFoundError" || error?.name === "OverconstrainedError") return "missing";
  return "failed";
}

/**
 * Shows the camera in `video` and calls `found` with every text that a code in it holds,
 * until the element leaves the page. Resolves to "" or to what went wrong.
 */
export async function watch(video, found) {
  let stream;
  try {
    if (!navigator.mediaDevices?.getUserMedia) return "missing";
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (!video.isConnected) return "";
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    video.srcObject = stream;
    await video.play();
    while (video.isConnected) {
      const codes = await detector.detect(video);
      if (!video.isConnected) break;
      for (const code of codes) found(code.rawValue);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return "";
  } catch (error) {
    // Torn down while it began is no fault.
    return video.isConnected ? fault(error) : "";
  } finally {
    for (const track of stream?.getTracks() ?? []) track.stop();
  }
}
