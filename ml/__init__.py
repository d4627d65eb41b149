"""What the machine computes: photo files in, ranked candidates out. No Django.

Serving needs numpy, Pillow, pillow-heif and onnxruntime; only the export needs torch.
This file imports nothing, so that the decoding child starts light. Import the modules:

    from ml.backbone import BackboneError, open_backbone
    from ml.decoding import PhotoRefused          # .code, see ml/decoding.py
    from ml.sandbox import decode_safely          # or Decoder(...) for your own child
    from ml.recognise import Item, NameRecogniser
    from ml.description_cache import DescriptionCache, PhotoUnusable
    from ml.index import PhotoIndexError, Reference, build
    from ml.index_file import open_index, write_index
    from ml.photo_recogniser import PhotoRecogniser

    backbone = open_backbone(folder, threads=2)   # the one that BACKBONE names; keep it; thread-safe
    recogniser = NameRecogniser(backbone, [
        Item("computers", (), None),
        Item("laptop", ("laptop", "notebook"), "computers"),
    ])                                            # ItemsError: a class or parent it doesn't know
    photo = decode_safely(path_or_bytes)          # DecodedPhoto, or PhotoRefused
    photo.pixels                                  # for looking: reduced to what the views need
    photo.jpeg, photo.width, photo.height         # for people: the same photo, larger, without metadata
    recognition = recogniser.recognise([photo.pixels])   # 1 to 6 photos of one thing

    seen = DescriptionCache(backbone).of(path)           # PhotoUnusable: the message says why
    index = build([Reference("laptop", "specimen-7", "laptop/1.jpg", seen.sha256, seen.description), ...],
                  backbone, meant={"laptop": (620,)})    # PhotoIndexError; classes that name an item
    write_index(index, file); index = open_index(file, backbone)   # checked, then memory-mapped
    recognition = PhotoRecogniser(backbone, index, items).recognise([photo.pixels])

`Recognition` (ml/recognition.py) is plain data; `Recognition.as_json()` gives a dict to store.
"""
