// Prints a form whose button takes the payer to the payment page.

import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

public class CheckoutForm {
  public static void main(String[] args) throws Exception {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("apiClientID", env("API_CLIENT_ID"));
    order.put("serviceID", env("SERVICE_ID"));
    order.put("billRefNumber", env("BILL_REF"));
    order.put("billDesc", env("BILL_DESC"));
    order.put("clientName", env("CLIENT_NAME"));
    order.put("clientIDNumber", env("CLIENT_ID_NUMBER"));
    order.put("clientMSISDN", env("PHONE"));
    order.put("clientEmail", env("EMAIL"));
    order.put("currency", env("CURRENCY"));
    order.put("amountExpected", env("AMOUNT"));
    order.put("notificationURL", env("NOTIFICATION_URL"));
    order.put("callBackURLOnSuccess", env("CALLBACK_URL"));
    order.put("format", "html");
    order.put("secureHash", secureHash(
        order.get("apiClientID"), order.get("amountExpected"), order.get("serviceID"),
        order.get("clientIDNumber"), order.get("currency"), order.get("billRefNumber"),
        order.get("billDesc"), order.get("clientName")));

    System.out.printf("<form method=\"post\" action=\"%s/api/PaymentAPI/checkout\">%n", escaped(env("LANGO_URL")));
    order.forEach((name, value) ->
        System.out.printf("  <input type=\"hidden\" name=\"%s\" value=\"%s\">%n", name, escaped(value)));
    System.out.println("  <button type=\"submit\">Pay</button>\n</form>");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        .replace("\"", "&quot;").replace("'", "&#39;");
  }

  /** base64 of the lower-case hex of the HMAC. */
  static String secureHash(String... values) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(env("KEY").getBytes(UTF_8), "HmacSHA256"));
    byte[] digest = mac.doFinal((String.join("", values) + env("SECRET")).getBytes(UTF_8));
    String hex = String.format("%064x", new BigInteger(1, digest));
    return Base64.getEncoder().encodeToString(hex.getBytes(UTF_8));
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
