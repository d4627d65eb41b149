"""What the machine computes: photo files in, ranked candidates out. No Django.

Serving needs numpy, Pillow, pillow-heif and onnxruntime; only the export needs torch.
This file imports nothing, so that the decoding child starts light. Import the modules:

    from ml.backbone import BackboneError, open_backbone
    from ml.decoding import PhotoRefused          # .code, see ml/decoding.py
    from ml.sandbox import decode_safely          # or Decoder(...) for your own child
    from ml.recognise import Item, NameRecogniser

    backbone = open_backbone(folder, threads=2)   # the one that BACKBONE names; keep it; thread-safe
    recogniser = NameRecogniser(backbone, [
        Item("computers", (), None),
        Item("laptop", ("laptop", "notebook"), "computers"),
    ])                                            # ItemsError: a class or parent it doesn't know
    photo = decode_safely(path_or_bytes)          # DecodedPhoto, or PhotoRefused
    photo.pixels                                  # for looking: reduced to what the views need
    photo.jpeg, photo.width, photo.height         # for people: the same photo, larger, without metadata
    recognition = recogniser.recognise([photo.pixels])   # 1 to 6 photos of one thing

`Recognition` (ml/recognition.py) is plain data; `Recognition.as_json()` gives a dict to store.
"""
